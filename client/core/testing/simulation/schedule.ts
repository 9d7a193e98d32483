import { logLimits } from '../../../../shared/limits.ts'
import type { Beginning } from './beginning.ts'
import { noWelcome, type Welcome } from './device.ts'
import type { Dice } from './dice.ts'
import type { DiskImage } from './disk.ts'
import type { Line } from './wire.ts'

/** What a seed decides before anything happens. */
export interface Plan {
  /** The disks of those who are in the family already. */
  images: readonly DiskImage[]
  /** What a device, by its number, was given when it came. */
  welcomeOf(device: number): Welcome
  /** Private rooms are made, messages are deleted, devices and members are put out. It costs time, and so not every schedule has it. */
  hasPartings: boolean
  /** By number: who takes part while things go wrong. */
  cast: readonly number[]
  /**
   * Who is there when all is healed: everybody, or those who took part and somebody else. Somebody whose first device never came has no
   * name among the others.
   */
  present: readonly number[]
  operations: number
  skews: readonly number[]
  /** By how much a clock may be set wrong. */
  clockErrors: readonly [number, ...number[]]
  /** No clock is far from another, and so all timelines have the same order. */
  areClocksRight: boolean
  lineBetween(left: number, right: number): Line
  /** When all is healed everybody is linked to everybody, or only so that all hang together. */
  healing: 'everybody' | 'thread'
  /** All rooms are on all screens while everything comes together; else they are opened when it has. */
  looksOn: boolean
  /** Some devices start again in the end, and must show the same from their disks. */
  restartsInTheEnd: boolean
}

const deviceCount = 10

const minute = 60_000
const day = 24 * 60 * minute
const smallErrors = [0, 2_000, -2_000, 20_000, -20_000] as const
const allErrors = [...smallErrors, 10 * minute, -10 * minute, day, -day, 365 * day, -365 * day] as const

export const drawPlan = (dice: Dice, { stages }: Beginning, partingsPercent: number): Plan => {
  const size = dice.below(100)
  const count = size < 74 ? dice.between(2, 4) : size < 93 ? dice.between(5, 7) : deviceCount
  // Mostly everybody has moved in already; each who has not costs the others as much as a dozen messages.
  const chosen = stages.length - 1 - (dice.percent(88) ? 0 : dice.percent(70) ? 1 : dice.between(2, 3))
  const stage = stages[chosen]
  const isNearlyFull = dice.percent(10)
  const areClocksRight = dice.percent(50)
  const clockErrors = areClocksRight ? smallErrors : allErrors
  const isLoose = dice.percent(25)
  const base = dice.pick([1, 1, 5, 40, 200])
  const lines = Array.from({ length: deviceCount ** 2 }, (): Line => {
    const delayMs = dice.percent(10) ? dice.between(100, 800) : dice.between(1, base)
    const loose = isLoose && dice.percent(50)
    return {
      delayMs,
      jitterMs: dice.pick([0, delayMs, delayMs * 4]),
      drops: loose ? dice.below(25) : 0,
      duplicates: loose ? dice.below(15) : 0,
      reorders: loose ? dice.below(15) : 0,
    }
  })
  const images = stage?.images ?? []
  // Dice of their own: the other schedules are what they were.
  const hasPartings = dice.fork(1).percent(partingsPercent)
  const everyone = Array.from({ length: deviceCount }, (_, index) => index)
  const cast = dice.some(everyone, count)
  return {
    images: isNearlyFull ? images.map(nearlyFull) : images,
    // Whoever came with an earlier stage was given what there was before it.
    welcomeOf: (device) =>
      stages.findLast(({ movedIn }, index) => index <= chosen && movedIn <= device)?.welcome ?? noWelcome,
    hasPartings,
    cast,
    present:
      stage?.movedIn === deviceCount && !dice.percent(30) ? [...cast, ...dice.some(everyone, 2)] : everyone,
    operations: dice.percent(4) ? dice.between(40, 60) : dice.between(12, 22),
    skews: everyone.map(() => (dice.percent(75) ? 0 : dice.pick(clockErrors))),
    clockErrors,
    areClocksRight,
    lineBetween: (left, right) =>
      lines[Math.min(left, right) * deviceCount + Math.max(left, right)] ?? {
        delayMs: 1,
        jitterMs: 0,
        drops: 0,
        duplicates: 0,
        reorders: 0,
      },
    // Only who is in a private room carries it.
    healing: dice.percent(15) || hasPartings ? 'everybody' : 'thread',
    looksOn: dice.percent(15),
    restartsInTheEnd: dice.percent(20),
  }
}

/** P1: as if a page held thousands of messages, so that one more makes another page. */
const nearlyFull = ({ changes, document }: DiskImage): DiskImage => ({
  document,
  changes: changes.map((change) =>
    change.type !== 'page' || change.write.messageCount === 0
      ? change
      : {
          type: 'page',
          write: { ...change.write, messageCount: logLimits.messagesPerPage - 3 + change.write.messageCount },
        },
  ),
})

/** How long it takes until the next thing happens. */
export const drawWait = (dice: Dice): number => {
  const kind = dice.below(100)
  if (kind < 30) return 0
  if (kind < 70) return dice.between(1, 50)
  if (kind < 90) return dice.between(50, 2_000)
  return kind < 98 ? dice.between(2_000, 20_000) : dice.between(31_000, 65_000)
}
