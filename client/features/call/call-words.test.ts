import { describe, expect, test } from 'vitest'
import {
  clockWords,
  comingsAndGoings,
  delayWords,
  endingNotice,
  lossWords,
  nameList,
  noticeMs,
  qualityWords,
} from './call-words.ts'

const line = { word: 'good', isRelayed: false, rttMs: 31.6, lossPerMille: 4 } as const

test('names are listed, and counted where they are many', () => {
  expect(nameList(['Anna'])).toBe('Anna')
  expect(nameList(['Anna', 'Bert', 'Mia'])).toBe('Anna, Bert and Mia')
  expect(nameList(['Anna', 'Bert', 'Mia', 'Tom', 'Ines'])).toBe('Anna, Bert and 3 others')
})

test('ux 30: the quality of a line is said in words', () => {
  expect(qualityWords(line)).toBe('Direct, good')
  expect(qualityWords({ ...line, word: 'poor', isRelayed: true })).toBe('Relayed, weak')
  expect(qualityWords({ ...line, word: 'lost' })).toBe('Direct, nothing comes')
  expect(qualityWords(undefined)).toBe('Not measured yet')
  expect([delayWords(line), lossWords(line)]).toEqual(['32 ms', '0.4 %'])
  expect(lossWords({ ...line, lossPerMille: 124 })).toBe('12 %')
  const untold = { ...line, rttMs: undefined, lossPerMille: undefined }
  expect([delayWords(untold), lossWords(untold)]).toEqual([undefined, undefined])
})

describe('C1: why a call is over', () => {
  const quiet = { reason: 'hungUp', text: '' } as const

  test('who ends it knows it', () => {
    expect(endingNotice('inCall', quiet, true)).toBeUndefined()
    expect(endingNotice('ringingIn', { reason: 'declined', text: '' }, false)).toBeUndefined()
  })

  test('others are told, and may call again', () => {
    expect(endingNotice('inCall', quiet, false)?.words).toBe('The call is over.')
    expect(endingNotice('ringingOut', { reason: 'declined', text: 'In the bath' }, false)).toEqual({
      words: 'Declined.',
      text: 'In the bath',
      callAgain: 'Call again',
    })
    expect(endingNotice('ringingOut', { reason: 'missed', text: '' }, false)?.words).toBe('No answer.')
    expect(endingNotice('ringingOut', { reason: 'busy', text: '' }, false)?.words).toContain('Busy')
  })

  test('what rang here and was not answered is a missed call to call back', () => {
    expect(endingNotice('ringingIn', { reason: 'missed', text: '' }, false)?.callAgain).toBe('Call back')
    expect(endingNotice('ringingIn', { reason: 'answeredElsewhere', text: '' }, false)?.words).toContain(
      'another device',
    )
  })

  test('a full call is said to who wanted in', () => {
    expect(endingNotice('idle', { reason: 'full', text: '' }, true)?.words).toContain('full')
  })

  test('what is to be read or pressed stays longer', () => {
    expect(noticeMs({ words: 'a' })).toBeLessThan(noticeMs({ words: 'a', callAgain: 'Call again' }))
    expect(noticeMs({ words: 'a' })).toBeLessThan(noticeMs({ words: 'a', text: 'b' }))
  })
})

test('how long a call lasts', () => {
  expect([0, 7_400, 750_000, 3_723_000, -5].map(clockWords)).toEqual([
    '0:00',
    '0:07',
    '12:30',
    '1:02:03',
    '0:00',
  ])
})

test('ux 36: a screen reader is told who comes and goes', () => {
  expect(comingsAndGoings([], ['Anna'])).toBe('Anna came into the call')
  expect(comingsAndGoings(['Anna', 'Bert'], ['Bert', 'Mia'])).toBe(
    'Mia came into the call. Anna left the call',
  )
  expect(comingsAndGoings(['Anna'], ['Anna'])).toBe('')
})
