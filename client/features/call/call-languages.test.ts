import { afterEach, expect, test } from 'vitest'
import { catalogue as arabic } from '../../ui/language/ar/catalogue.ts'
import { catalogue as german } from '../../ui/language/de/catalogue.ts'
import { catalogue as english } from '../../ui/language/en/catalogue.ts'
import { speak } from '../../ui/language/language.ts'
import { callButtonWords } from '../call-buttons.ts'
import { callingWords, clockWords, comingsAndGoings, lossWords, nameList } from './call-words.ts'

afterEach(() => speak('en', english))

test('ux 26: whoever calls is named, one or several', () => {
  expect(callingWords(['Anna'])).toBe('Anna is calling')
  expect(callingWords(['Anna', 'Bert'])).toBe('Anna and Bert are calling')
})

test('ux 37: German agrees with how many come and go, and writes numbers its own way', () => {
  speak('de', german)
  expect(callingWords(['Anna', 'Bert'])).toBe('Anna und Bert rufen an')
  expect(comingsAndGoings(['Anna', 'Bert'], ['Mia'])).toBe(
    'Mia ist jetzt im Anruf. Anna und Bert haben den Anruf verlassen',
  )
  expect(lossWords({ word: 'fair', isRelayed: false, rttMs: 0, lossPerMille: 4 })).toBe('0,4 %')
})

test('ux 37: Arabic counts others by its own forms', () => {
  speak('ar', arabic)
  const names = (count: number) => Array.from({ length: count }, (_, index) => `P${index}`)
  expect(nameList(names(4), 3)).toContain('شخصان آخران')
  expect(nameList(names(5), 3)).toContain('أشخاص آخرين')
  expect(clockWords(67_000)).toMatch(/^\p{Nd}:\p{Nd}{2}$/u)
})

test('ux 37: why no call can be placed is said in the language spoken when it is read', () => {
  const before = callButtonWords.alone
  speak('de', german)
  expect([before, callButtonWords.alone]).toEqual([english.chat.noCall.alone, german.chat.noCall.alone])
})
