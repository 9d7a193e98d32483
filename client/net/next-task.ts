/** What is to be run in a task of its own, after whatever waits already. Cleared, it is not run. */
export interface NextTask {
  clear(): void
}

const waiting: (() => void)[] = []
let port: MessagePort | undefined

const openPort = (): MessagePort => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => waiting.shift()?.()
  return port2
}

/**
 * Runs it as soon as all else has had its turn. Timers of 0 ms last 4 ms from the fifth in a row on, and a second in a page that nobody looks
 * at (HTML, timer initialisation steps; Chromium's throttling of background tabs): whoever takes turns by them stands still there.
 */
export const nextTask = (run: () => void): NextTask => {
  port ??= openPort()
  let isCleared = false
  waiting.push(() => {
    if (!isCleared) run()
  })
  port.postMessage(undefined)
  return { clear: () => (isCleared = true) }
}
