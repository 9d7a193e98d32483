import type { Browser } from '@playwright/test'
import { introduce } from '../latency/raw-channel.ts'

declare global {
  interface Window {
    /** Pushes the bytes through the channel. */
    pushRaw?: () => void
    /** Milliseconds from the channel's opening to the last byte, once so many are here. */
    rawPushed?: Promise<number>
  }
}

/** So many bytes through a bare data channel that was just opened between two empty pages: no program in a browser is faster. Milliseconds. */
export const pushRaw = async (browser: Browser, bytes: number): Promise<number> => {
  const contexts = [await browser.newContext(), await browser.newContext()] as const
  try {
    const [from, to] = [await contexts[0].newPage(), await contexts[1].newPage()]
    for (const page of [from, to])
      await page.evaluate((wanted) => {
        const frameBytes = 16 * 1024
        // A fresh channel is slow with much in its queue, and a warm one with little.
        const [firstQueue, laterQueue, warmAfter] = [64 * 1024, 1024 * 1024, 4 * 1024 * 1024]
        const connection = new RTCPeerConnection()
        const channel = connection.createDataChannel('raw', { negotiated: true, id: 0 })
        channel.binaryType = 'arraybuffer'
        window.rawConnection = connection
        window.rawOpen = new Promise((resolve) => {
          channel.addEventListener('open', () => resolve())
        })
        window.rawPushed = new Promise((resolve) => {
          let [openedAt, received] = [0, 0]
          channel.addEventListener('open', () => (openedAt = performance.now()))
          channel.addEventListener('message', ({ data }) => {
            received += (data as ArrayBuffer).byteLength
            if (received >= wanted) resolve(performance.now() - openedAt)
          })
        })
        const frame = new Uint8Array(frameBytes)
        let left = wanted
        const steps = {
          push() {
            const queue = wanted - left < warmAfter ? firstQueue : laterQueue
            channel.bufferedAmountLowThreshold = queue / 2
            while (left > 0 && channel.bufferedAmount < queue) {
              const some = Math.min(left, frameBytes)
              channel.send(frame.subarray(0, some))
              left -= some
            }
          },
        }
        channel.addEventListener('bufferedamountlow', steps.push)
        window.pushRaw = steps.push
      }, bytes)
    // As the other contestants do, it sends from the moment the channel is open.
    await from.evaluate(() => void window.rawOpen!.then(() => window.pushRaw!()))
    await introduce(from, to)
    return await to.evaluate(() => window.rawPushed!)
  } finally {
    for (const context of contexts) await context.close()
  }
}
