import { callOf } from '../fixtures/calls.ts'
import { areTogether, expect, type Person } from '../fixtures/family.ts'
import { followSound, soundSince } from '../fixtures/follow-sound.ts'
import { test, type Lab } from './lab.ts'

type Home = Parameters<Lab['person']>[1]

/** These two in a call of their own, and their sound is followed. */
export const callOfTwo = async (anna: Person, bob: Person, kind: 'sound' | 'video') => {
  await areTogether(anna, bob)
  const [annaCall, bobCall] = [callOf(anna), callOf(bob)]
  await anna.screen.composer.fill(`/dm ${bob.name}`)
  await anna.screen.composer.press('Enter')
  await expect(anna.screen.heading(bob.name)).toBeVisible()
  await annaCall.place(kind)
  await bobCall.button(kind === 'video' ? 'Accept with video' : 'Accept').click()
  await annaCall.hears(1)
  await bobCall.hears(1)
  for (const { screen } of [anna, bob]) await followSound(screen.page)
  return { anna, bob, annaCall, bobCall }
}

/** The same of Anna and Bob, at these places. */
export const callBetween = async (lab: Lab, homes: readonly [Home, Home], kind: 'sound' | 'video') => {
  const anna = await lab.person('Anna', homes[0])
  const bob = await lab.person('Bob', homes[1])
  return callOfTwo(anna, bob, kind)
}

export type Call = Awaited<ReturnType<typeof callOfTwo>>

export const hearEachOther = async ({ annaCall, bobCall }: Call): Promise<void> => {
  await annaCall.hears(1)
  await bobCall.hears(1)
}

export const seeEachOther = async ({ annaCall, bobCall }: Call): Promise<void> => {
  await annaCall.seesMoving('Bob')
  await bobCall.seesMoving('Anna')
}

/** The call was one from its beginning to its end: each has one line of it. */
export const endAsOne = async ({ anna, bob, annaCall, bobCall }: Call): Promise<void> => {
  await annaCall.leave()
  await expect(bobCall.region).toBeHidden()
  await bob.screen.openRoom('Anna')
  await expect(anna.screen.event(/[Cc]all,/, 'Bob')).toHaveCount(1)
  await expect(bob.screen.event(/[Cc]all,/, 'Anna')).toHaveCount(1)
}

/** Figures of the issue that a busy machine would miss: noted beside the test's result, not asserted. */
export const note = (type: string, description: string): void => {
  test.info().annotations.push({ type, description })
}

/** How the sound has fared at both since that moment, as noted figures and as the worse of the two. */
export const soundOfBoth = async (people: readonly Person[], since: number) => {
  const heard = await Promise.all(people.map(({ screen }) => soundSince(screen.page, since)))
  const worst = (of: 'lost' | 'concealed' | 'longestGapMs' | 'longestSilenceMs') =>
    Math.max(...heard.map((one) => one[of]))
  const figures = {
    lost: worst('lost'),
    concealed: worst('concealed'),
    longestGapMs: worst('longestGapMs'),
    longestSilenceMs: worst('longestSilenceMs'),
  }
  note(
    'sound',
    `lost ${(figures.lost * 100).toFixed(1)} %, made up ${(figures.concealed * 100).toFixed(1)} %, ` +
      `longest gap ${Math.round(figures.longestGapMs)} ms`,
  )
  return { ...figures, firstAt: heard.map(({ firstAt }) => firstAt) }
}
