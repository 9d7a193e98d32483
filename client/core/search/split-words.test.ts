import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchLimits } from '../../../shared/limits.ts'
import { splitWords } from './split-words.ts'

const terms = (text: string) => splitWords(text).map(({ term }) => term)

test('ux 24: case, accents, width and vowel signs do not matter', () => {
  expect(terms('Über den Fluß, naïve Ärzte')).toEqual(['uber', 'den', 'fluss', 'naive', 'arzte'])
  expect(terms('ＦＵＬＬ ﬁsh')).toEqual(['full', 'fish'])
  expect(terms('مَرْحَبًا أَهْلًا')).toEqual(terms('مرحبا اهلا'))
  expect(terms('Ελλάδος')).toEqual(terms('ΕΛΛΑΔΟΣ'))
})

test('ux 24: marks stay where they are letters', () => {
  expect(terms('が')).not.toEqual(terms('か'))
  expect(terms('हिन्दी')).toEqual(['हिन्दी'])
})

test('ux 24: scripts without spaces are split into words (Intl.Segmenter)', () => {
  expect(terms('今日は天気がいい')).toContain('天気')
  expect(terms('我们明天去湖边游泳')).toContain('明天')
  expect(terms('พรุ่งนี้เราไปทะเล')).toContain('ทะเล')
})

test('ux 24: every word says where it stands, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      let end = 0
      for (const word of splitWords(text)) {
        expect(word.start).toBeGreaterThanOrEqual(end)
        expect(word.end).toBeGreaterThan(word.start)
        expect(word.term.length).toBeLessThanOrEqual(searchLimits.maxWordChars)
        expect(terms(text.slice(word.start, word.end))).toContain(word.term)
        end = word.end
      }
      expect(end).toBeLessThanOrEqual(text.length)
    }),
  )
})
