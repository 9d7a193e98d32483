import type { ServerLog } from '../log.ts'
import type { RelayProgram } from './launch-relay.ts'
import { isOutdated, type RelayPlan } from './relay-plan.ts'

export interface RelayTools {
  /** How things are now; undefined where this machine is in no network. */
  plan(): Promise<RelayPlan | undefined>
  isPortFree(plan: RelayPlan): Promise<boolean>
  launch(plan: RelayPlan): Promise<RelayProgram>
  /** Whether it answers, within a patience of seconds. */
  answers(plan: RelayPlan): Promise<boolean>
  /** Returns the way to call it off. */
  setTimer(run: () => void, afterMs: number): () => void
  now(): number
  log: Pick<ServerLog, 'info' | 'warn'>
  port: number
}

/** The family's own relay, kept running. */
export interface Relay {
  /** Its address in the network it is in; undefined while it does not answer. */
  address(): string | undefined
  stop(): Promise<void>
}

const backOff = { minMs: 1_000, maxMs: 5 * 60_000 }
/** Whoever has run for so long did not end for want of something it needs. */
const settledAfterMs = 60_000
const lookEveryMs = 60_000

/**
 * Starts it, and again when it ends or the machine has moved to another network; later each time it comes to nothing. Hearth goes on
 * without it meanwhile: devices that can reach one another directly do not need it. Settles when the first try has.
 */
export const keepRelay = async (tools: RelayTools): Promise<Relay> => {
  const { log, port } = tools
  let running: { program: RelayProgram; plan: RelayPlan; sinceMs: number } | undefined
  let address: string | undefined
  let isStopped = false
  let failures = 0
  let lastTold = ''
  let callOff: () => void = () => undefined

  // Asked again after each wait, during which much can happen.
  const isOver = (): boolean => isStopped
  const isRunning = (program: RelayProgram): boolean => running?.program === program

  /** Once for as long as it stays the same. */
  const tell = (words: string): void => {
    if (words !== lastTold) log.warn({ relay: words }, 'relay')
    lastTold = words
  }

  const after = (ms: number, run: () => Promise<void>): void => {
    callOff()
    if (isStopped) return
    callOff = tools.setTimer(() => {
      run().catch((error: unknown) => {
        tell(`the relay could not be started: ${String(error)}`)
        later()
      })
    }, ms)
  }

  const later = (): void => {
    failures += 1
    after(Math.min(backOff.maxMs, backOff.minMs * 2 ** (failures - 1)), start)
  }

  const onEnd = (program: RelayProgram): void => {
    void program.ended.then(({ code, complaint }) => {
      if (running?.program !== program || isOver()) return
      if (tools.now() - running.sinceMs >= settledAfterMs) failures = 0
      running = undefined
      address = undefined
      lastTold = ''
      tell(`coturn ended with ${code ?? 'a signal'}${complaint === undefined ? '' : ` (${complaint})`}`)
      later()
    })
  }

  const start = async (): Promise<void> => {
    if (running !== undefined) return
    const plan = await tools.plan()
    if (plan === undefined) {
      tell('this machine is in no network, so there is no relay yet')
      return later()
    }
    if (!(await tools.isPortFree(plan))) {
      tell(
        `port ${port} is taken, so there is no relay: stop what uses it (Debian starts a coturn of its own: systemctl disable --now coturn), or choose another with --turn-port`,
      )
      return later()
    }
    if (isOver()) return
    const program = await tools.launch(plan)
    running = { program, plan, sinceMs: tools.now() }
    onEnd(program)
    if (isOver()) {
      await program.stop()
      return
    }
    const isThere = await tools.answers(plan)
    if (!isRunning(program)) return
    if (!isThere) {
      tell('coturn does not answer')
      await program.stop()
      return
    }
    address = plan.address
    lastTold = ''
    log.info({ relay: 'answers', port, address }, 'relay')
    after(lookEveryMs, look)
  }

  const look = async (): Promise<void> => {
    const plan = await tools.plan()
    if (running === undefined) return
    if (plan === undefined || !isOutdated(running.plan, plan)) return after(lookEveryMs, look)
    const { program } = running
    running = undefined
    address = undefined
    log.info({ relay: 'moves to this machine’s new addresses' }, 'relay')
    await program.stop()
    await start()
  }

  try {
    await start()
  } catch (error) {
    tell(`the relay could not be started: ${String(error)}`)
    later()
  }
  return {
    address: () => address,
    async stop() {
      isStopped = true
      callOff()
      address = undefined
      await running?.program.stop()
    },
  }
}
