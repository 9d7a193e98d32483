import type { DeviceId } from '../../../../shared/identifiers.ts'
import { createSeededRandom } from '../seeded-random.ts'
import { createBeginning, type Beginning } from './beginning.ts'
import { createCast, type Cast } from './cast.ts'
import { loadAll } from './device.ts'
import { createDice } from './dice.ts'
import { createEvents, type Events } from './events.ts'
import { heal } from './heal.ts'
import { checkInvariants } from './invariants.ts'
import { play } from './play.ts'
import { checkUnread } from './parting-invariants.ts'
import { simulatedCrypto as crypto, type CryptoMode } from './prompt-crypto.ts'
import { drawPlan } from './schedule.ts'
import { createTrace } from './trace.ts'
import { createWorld, type Faults } from './world.ts'

/**
 * Plays schedules of a family of five with two devices each: the real core, over a network, clocks and disks of its own which do
 * all that real ones may do, as a seed decides.
 */
export interface Simulator {
  /** Plays the schedule of a seed: the same each time, and on every machine. */
  run(seed: number, faults?: Faults): Promise<Outcome>
}

export interface Outcome {
  seed: number
  /** What did not hold; empty where all did. */
  broken: readonly string[]
  /** What happened, a line an operation. */
  story: readonly string[]
  /** Of all that was delivered, when and to whom: two runs of one seed have the same. */
  trace: string
  /** Of the state that all devices ended with. */
  state: string
}

/** One for a process: the cast, and what all schedules begin with, are made here. */
export const createSimulator = async (
  mode: CryptoMode = 'prompt',
  /** Of a hundred schedules, so many have private rooms, deletions, and devices and members that are put out. */
  partingsPercent = 0,
): Promise<Simulator> => {
  crypto.install(mode, createSeededRandom(0))
  const cast = await createCast()
  await loadAll(cast)
  const beginning = await createBeginning(cast, crypto)
  return {
    run(seed, faults = {}) {
      crypto.install(mode, createSeededRandom(seed))
      crypto.forget()
      return runSchedule(seed, {
        cast,
        beginning,
        faults,
        partingsPercent,
        events: createEvents(crypto, beginning.endedAt),
      })
    },
  }
}

interface Setting {
  cast: Cast
  beginning: Beginning
  faults: Faults
  partingsPercent: number
  events: Events
}

const runSchedule = async (
  seed: number,
  { cast, beginning, faults, partingsPercent, events }: Setting,
): Promise<Outcome> => {
  const dice = createDice(seed)
  const plan = drawPlan(dice.fork(1), beginning, partingsPercent)
  const story: string[] = []
  const note = (line: string): void =>
    void story.push(`${((events.now() - beginning.endedAt) / 1_000).toFixed(3)} s  ${line}`)
  const trace = createTrace()
  const number = (device: DeviceId): number => cast.players.findIndex((player) => player.device.id === device)
  const world = createWorld({
    cast,
    events,
    dice: dice.fork(2),
    images: plan.images,
    welcomeOf: (player) => plan.welcomeOf(cast.players.indexOf(player)),
    skewOf: (player) => plan.skews[cast.players.indexOf(player)] ?? 0,
    lineBetween: (left, right) => plan.lineBetween(number(left), number(right)),
    onDelivery: (from, to, channel, message) =>
      trace.add([events.now(), number(from), number(to), channel], message),
    faults,
  })
  const stopWatching = watchRejections((why) => world.witness.trouble(why))
  try {
    await play(world, plan, note)
    await heal(world, plan, note)
    if (plan.hasPartings) await checkUnread(world)
    // Node tells of rejections once nothing else is to be done.
    await new Promise((resolve) => setImmediate(resolve))
    const { broken, state } = checkInvariants(world, { isOrdered: plan.areClocksRight })
    return { seed, broken, story, trace: trace.digest(), state }
  } finally {
    stopWatching()
    for (const device of world.devices) device.crash('tab')
  }
}

const watchRejections = (onRejection: (why: string) => void): (() => void) => {
  const listen = (reason: unknown): void =>
    onRejection(`unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`)
  process.on('unhandledRejection', listen)
  return () => process.off('unhandledRejection', listen)
}
