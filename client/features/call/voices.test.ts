import { expect, test } from 'vitest'
import { fakeDeviceId } from '../../core/testing/fake-family.ts'
import { silence, stepVoices, type Voices } from './voices.ts'

const [bob, mia] = [fakeDeviceId('bob'), fakeDeviceId('mia')]

/** Runs ten steps a second of who is how loud. */
const listen = (
  steps: readonly (readonly [ms: number, bob: number | undefined, mia: number | undefined])[],
) => {
  let voices: Voices = silence
  let nowMs = 0
  const seen: Voices[] = []
  for (const [ms, ofBob, ofMia] of steps)
    for (const end = nowMs + ms; nowMs < end; nowMs += 100) {
      const levels = new Map(
        [[bob, ofBob] as const, [mia, ofMia] as const].flatMap(([device, level]) =>
          level === undefined ? [] : [[device, level] as const],
        ),
      )
      voices = stepVoices(voices, levels, nowMs)
      seen.push(voices)
    }
  return { ...voices, seen }
}

test('whoever is heard is talking, and still between two words', () => {
  expect([...listen([[300, 0.3, 0]]).talking]).toEqual([bob])
  const paused = [
    [300, 0.3, 0],
    [500, 0, 0],
  ] as const
  expect([...listen([...paused]).talking].length).toBe(1)
  expect(listen([...paused, [400, 0, 0]]).talking.size).toBe(0)
})

test('a room that hums is nobody', () => {
  expect(listen([[2_000, 0.005, 0.01]]).talking.size).toBe(0)
})

test('the first who speaks is the speaker at once, and stays so in silence', () => {
  expect(listen([[100, 0, 0.2]]).speaker).toBe(mia)
  const after = listen([
    [100, 0, 0.2],
    [5_000, 0, 0],
  ])
  expect(after.speaker).toBe(mia)
})

test('a cough does not make somebody the speaker, talking on does', () => {
  const start = [
    [1_000, 0.3, 0],
    [1_000, 0, 0],
  ] as const
  expect(listen([...start, [200, 0, 0.4], [1_500, 0, 0]]).speaker).toBe(bob)
  expect(listen([...start, [1_200, 0, 0.4]]).speaker).toBe(mia)
})

test('nobody takes over from whoever speaks still', () => {
  expect(
    listen([
      [500, 0.3, 0],
      [3_000, 0.2, 0.9],
    ]).speaker,
  ).toBe(bob)
})

test('whoever left or muted is followed by the next at once', () => {
  expect(
    listen([
      [500, 0.3, 0],
      [1_000, undefined, 0.2],
    ]).speaker,
  ).toBe(mia)
})

test('nothing is drawn anew while nothing changes', () => {
  const { seen } = listen([[600, 0.3, 0]])
  expect(new Set(seen.map(({ talking }) => talking)).size).toBe(1)
})
