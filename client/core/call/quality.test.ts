import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeQuality, type LineStats, type Quality } from './quality.ts'

const fine: LineStats = { rttMs: 40, lossPerMille: 0, isSilent: false, isRelayed: false }
const bad: LineStats = { ...fine, lossPerMille: 150 }
const after = (...stats: LineStats[]): Quality | undefined =>
  stats.reduce<Quality | undefined>((before, now) => judgeQuality(now, before), undefined)

test('ux 30: loss, delay and silence have their words', () => {
  expect(after(fine)?.word).toBe('good')
  expect(after({ ...fine, lossPerMille: 40 })?.word).toBe('fair')
  expect(after({ ...fine, rttMs: 400 })?.word).toBe('fair')
  expect(after({ ...fine, rttMs: 900 })?.word).toBe('poor')
  expect(after({ ...fine, isSilent: true })?.word).toBe('lost')
  expect(after({ ...fine, isRelayed: true })).toMatchObject({ word: 'good', isRelayed: true })
})

test('ux 30: worse is said after two measurements, better after four', () => {
  expect(after(fine, bad)?.word).toBe('good')
  expect(after(fine, bad, bad)?.word).toBe('poor')
  expect(after(bad, fine, fine, fine)?.word).toBe('poor')
  expect(after(bad, fine, fine, fine, fine)?.word).toBe('good')
  expect(after(bad, fine, fine, bad, fine, fine)?.word).toBe('poor')
})

test('ux 30: a line on the edge keeps its word', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(1_500), (lossPerMille, rttMs) => {
      const line = { ...fine, lossPerMille, rttMs }
      const words: string[] = []
      let quality: Quality | undefined
      for (let turn = 0; turn < 40; turn++) {
        const factor = turn % 2 === 0 ? 1 : 1.25
        quality = judgeQuality(
          { ...line, rttMs: rttMs * factor, lossPerMille: lossPerMille * factor },
          quality,
        )
        if (words.at(-1) !== quality.word) words.push(quality.word)
      }
      expect(words.length).toBeLessThanOrEqual(2)
    }),
  )
})
