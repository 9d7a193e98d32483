import { createDice } from '../../client/core/testing/simulation/dice.ts'
import type { BrowserKind } from '../../scripts/browsers.mjs'
import { expect, type Family } from '../fixtures/family.ts'
import type { Person } from '../fixtures/person.ts'
import type { Screen } from '../fixtures/screen.ts'
import { lineName, linesIn, sayAtOnce, throwBurst, type Burst } from './burst.ts'
import { endBy, killsOf, type Kill } from './kills.ts'
import { createLineJudge, type Verdict } from './line-judge.ts'

export interface DurabilityOptions {
  browser: BrowserKind
  /** Somebody else has it as well, and is away whenever it is looked what is there: what one has lost oneself, they would bring back. */
  isReadAlong?: boolean
  /** It ends when so many have been shown as kept. */
  messages: number
  seed: number
}

export interface DurabilityTally extends Verdict {
  said: number
  /** What was shown as kept before a kill. */
  kept: number
  kills: ReadonlyMap<Kill, number>
}

/** Browsers write cookies late, so a kill takes those of before with it: the device comes back by its key once its socket was refused. */
const cookieIsGone = [/api\/socket.* 401/, /can.t establish a connection to the server at wss?:.*api\/socket/]

/** A line alone, which is waited for: what was kept before goes on. */
const sayAndKeep = async (screen: Screen, line: string): Promise<void> => {
  await screen.say(line)
  await expect(screen.message(line).getByRole('button', { name: /^(On|Read by) / })).toBeVisible()
}

/** By so many screens, of which more are in the document. */
const scroll = (screen: Screen, screens: number): Promise<unknown> =>
  screen.log('general').evaluate((log, by) => (log.scrollTop += by * log.clientHeight), screens)

/** The names of the lines from `first` to the newest, which may be known; walks into the past until the first is shown. */
const linesSince = async (screen: Screen, first: string, newest?: string): Promise<string[]> => {
  const isAtEnd = async () => {
    await scroll(screen, 10_000)
    return newest === undefined || (await linesIn(screen)).includes(newest)
  }
  await expect.poll(isAtEnd, { message: 'the newest is in the log', intervals: [50] }).toBe(true)
  let lines = await linesIn(screen)
  /** Of a long log a part is in the document, which is put before what was seen from where both are the same. */
  const look = async () => {
    const seen = await linesIn(screen)
    const at = seen.lastIndexOf(lines[0] ?? '')
    if (at >= 0) lines = [...seen.slice(0, at), ...lines]
    if (!lines.includes(first)) await scroll(screen, at >= 0 ? -1 : 1)
  }
  // However long the way is: each step has to lead on.
  while (!lines.includes(first)) {
    const known = lines.length
    const goOn = async () => {
      await look()
      return lines.length > known || lines.includes(first)
    }
    await expect.poll(goOn, { message: `on the way to ${first}`, intervals: [50] }).toBe(true)
  }
  return lines.slice(lines.indexOf(first))
}

/** Until as many of the burst are shown as kept as there have to be for the kill. */
const sayUntilDue = async (screen: Screen, burst: Burst, onKept: (line: string) => void): Promise<void> => {
  let left = burst.killAfter
  let isDue = () => {}
  const due = new Promise<void>((resolve) => (isDue = resolve))
  await sayAtOnce(screen, burst, (line) => {
    onKept(line)
    left -= 1
    if (left === 0) isDue()
  })
  if (left <= 0) return
  const patience = expect.poll(() => left, { message: 'still to be shown as kept', timeout: 60_000 })
  // The kill comes with the very line; the other only ends the wait for one that never comes.
  await Promise.race([due, patience.toBeLessThanOrEqual(0)])
}

/** Says bursts, kills what shows them at any moment, opens it again and looks what is there (P5). */
export const tortureDurability = async (
  family: Family,
  { browser, isReadAlong = false, messages, seed }: DurabilityOptions,
): Promise<DurabilityTally> => {
  const dice = createDice(seed)
  const judge = createLineJudge()
  const kinds = killsOf[browser]
  const kills = new Map<Kill, number>()
  const kept = new Set<string>()
  let said = 0

  const anna = await family.person('Anna', { browser, hasProfile: true })
  const bob = isReadAlong ? await family.person('Bob', { browser }) : undefined
  anna.complaints.expect(/the page crashed/, ...cookieIsGone)
  let screen = anna.screen
  const meet = async (line: string): Promise<void> => {
    if (bob) await expect(bob.screen.message(line)).toBeVisible()
  }
  /** What was read by somebody else before they leave. */
  const part = async ({ screen: { page }, screen: theirs }: Person, first: string): Promise<string[]> => {
    const read = await linesSince(theirs, first)
    await page.goto('about:blank')
    return read
  }

  const first = lineName(0, 0)
  await sayAndKeep(screen, first)
  await meet(first)
  let before = first
  for (let round = 1; kept.size < messages; round++) {
    const burst = throwBurst(dice, round)
    const awaited = new Set<string>()
    said += burst.texts.length
    await sayUntilDue(screen, burst, (line) => awaited.add(line))

    const kill = kinds[round % kinds.length] ?? kinds[0]
    kills.set(kill, (kills.get(kill) ?? 0) + 1)
    const reopen = await endBy(kill, { person: anna, screen, browser })
    for (const line of awaited) kept.add(line)
    const read = bob ? await part(bob, before) : []
    screen = await reopen()

    // Before that is kept, the log may be what was on the screen of last time, which proves nothing.
    const next = lineName(round, 99)
    await sayAndKeep(screen, next)
    judge.look(await linesSince(screen, before, next), [...awaited, ...read])
    await bob?.screen.page.goto(family.server.origin)
    await meet(next)
    if (bob) judge.look(await linesSince(bob.screen, before, next), awaited)
    before = next
  }
  judge.look(await linesSince(screen, first, before), kept)
  return { said, kept: kept.size, kills, ...judge.verdict() }
}

/** In a line for people. */
export const tellTally = ({ said, kept, kills, lost, twice, misplaced }: DurabilityTally): string => {
  const ended = [...kills].map(([kill, count]) => `${kill} ${count}`).join(', ')
  return `${kept} of ${said} shown as kept, killed: ${ended}; lost ${lost.length}, twice ${twice.length}, misplaced ${misplaced.length}`
}

export const expectNothingLost = ({ lost, twice, misplaced }: DurabilityTally): void =>
  expect({ lost, twice, misplaced }).toEqual({ lost: [], twice: [], misplaced: [] })
