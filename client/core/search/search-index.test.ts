import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { AccountId } from '../../../shared/identifiers.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { searchLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'
import { markWords } from './mark-words.ts'
import type { SearchQuery } from './query.ts'
import type { Saying } from './saying.ts'
import { createSearchIndex, type SearchIndex } from './search-index.ts'
import { splitWords } from './split-words.ts'

const account = (n: number) => toBase64Url(new Uint8Array(32).fill(n)) as AccountId
const [anna, bob] = [account(1), account(2)]
const garden = 'garden' as LogId
const lake = 'lake' as LogId
const everywhere = new Set([garden, lake])

let said = 0
let index: SearchIndex
beforeEach(() => {
  said = 0
  index = createSearchIndex()
})

const say = (text: string, wish: Partial<Saying> = {}): Saying => {
  const seq = said++
  return { feed: 7, seq, ms: 1_000 * (seq + 1), counter: 0, author: anna, text, isFixed: false, ...wish }
}
const fill = (sayings: Saying[], { log = garden, page = 0, packs = true } = {}) => {
  if (!packs) return index.add({ log, page }, { sayings, edits: [] })
  index.gather({ log, page }, { sayings, edits: [] }, true)
  index.pack({ log, page }, new Map([[7, said]]))
}
const find = (words: string, more: Partial<SearchQuery> = {}, rooms = everywhere) =>
  index.find({ words, limit: searchLimits.maxHits, ...more }, rooms)
const seqs = (...asked: Parameters<typeof find>) => find(...asked).hits.map(({ key }) => key.seq)

for (const packs of [true, false]) {
  const where = packs ? 'in a page of its own index' : 'among what has just come'

  test(`ux 24: all words, the last as a beginning, the newest first, ${where}`, () => {
    fill([say('Bread for the lake'), say('The lake, on Saturday'), say('Saturday bread')], { packs })
    expect(seqs('bread')).toEqual([2, 0])
    expect(seqs('the lake')).toEqual([1, 0])
    expect(seqs('lake sat')).toEqual([1])
    expect(seqs('sat lake'), 'only the last word is a beginning').toEqual([])
    expect(seqs('boat')).toEqual([])
    expect(seqs('')).toEqual([])
  })

  test(`ux 24: a misspelt word finds what was meant, after what has the word itself, ${where}`, () => {
    fill([say('Grandmother bakes'), say('the birthday cake'), say('brithday'), say('see you')], { packs })
    expect(find('grandmohter').hits).toMatchObject([{ isSimilar: true, key: { seq: 0 } }])
    expect(find('brithday').hits).toMatchObject([
      { isSimilar: false, key: { seq: 2 } },
      { isSimilar: true, key: { seq: 1 } },
    ])
    expect(seqs('sea'), 'three letters are no mistake').toEqual([])
  })
}

test('ux 24: by person, room, date and link, with words and without', () => {
  fill([
    say('from Anna', { ms: 10 }),
    say('from Bob', { author: bob, ms: 20 }),
    say('https://a.example', { ms: 30 }),
  ])
  fill([say('from Bob elsewhere', { author: bob, ms: 25 })], { log: lake })
  expect(seqs('from', { from: bob })).toEqual([3, 1])
  expect(seqs('', { from: bob, room: garden })).toEqual([1])
  expect(seqs('', { afterMs: 20, beforeMs: 30 })).toEqual([3, 1])
  expect(seqs('', { hasLink: true })).toEqual([2])
  expect(seqs('from', { from: account(9) })).toEqual([])
  expect(seqs('from', {}, new Set([lake])), 'a room that one is not in is not looked into').toEqual([3])
})

test('ux 24: more than 99 are not counted, the newest are shown, over pages and rooms', () => {
  for (let page = 0; page < 4; page++)
    fill(
      Array.from({ length: 60 }, () => say('again')),
      { page, log: page % 2 === 0 ? garden : lake },
    )
  const { hits, count } = find('again', { limit: 30 })
  expect(count).toBe(searchLimits.maxHits)
  expect(hits.map(({ key }) => key.seq)).toEqual(Array.from({ length: 30 }, (_, place) => 239 - place))
})

test('ux 24: an edited message is found by its new words only, its own author’s last ones, in whatever order they come', () => {
  const place = { log: garden, page: 0 }
  const edit = (text: string, ms: number, by = anna) => ({
    target: { feed: 7, seq: 0 },
    place: { feed: 7, seq: ms },
    account: by,
    time: { ms, counter: 0 },
    text,
  })
  index.add(place, { sayings: [], edits: [edit('third', 3), edit('stranger', 9, bob), edit('second', 2)] })
  index.add(place, { sayings: [say('first'), say('poll', { isFixed: true })], edits: [] })
  index.add(place, { sayings: [], edits: [edit('third', 3)] })
  expect(['first', 'second', 'stranger', 'third'].map((word) => seqs(word))).toEqual([[], [], [], [0]])
  expect(find('third').hits).toMatchObject([{ text: 'third' }])
})

test('ux 24, P4: what is hidden or dropped is not found, and what is made anew is', () => {
  const place = { log: garden, page: 0 }
  fill([say('secret plan'), say('open plan')])
  index.hide(place, { feed: 7, seq: 0 })
  expect(seqs('plan')).toEqual([1])
  index.gather(place, { sayings: [say('new plan')], edits: [] }, true)
  expect(seqs('plan'), 'until it is whole, the old one holds').toEqual([1])
  index.pack(place, new Map())
  expect(seqs('plan')).toEqual([2])
  index.drop(place)
  expect(seqs('plan')).toEqual([])
})

test('ux 24: a kept index finds what the one found that it was made by', () => {
  const place = { log: garden, page: 3 }
  index.gather(place, { sayings: [say('Kept on the disk')], edits: [] }, true)
  const { index: bytes } = index.pack(place, new Map([[7, 1]]))
  index = createSearchIndex()
  expect(index.put(place, bytes)).toEqual(new Map([[7, 1]]))
  expect(find('disk').hits).toMatchObject([
    { log: garden, key: { page: 3, seq: 0, ms: 1_000 }, author: anna },
  ])
  expect(index.put(place, bytes.subarray(1))).toBeUndefined()
})

test('ux 24: finds what a slow look through all texts finds, in the same order', () => {
  const word = fc.constantFrom('lake', 'lakes', 'bread', 'Bröt', 'see', '天気', 'go')
  const texts = fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(texts, fc.array(word, { minLength: 1, maxLength: 3 }), fc.nat(40), (all, asked, split) => {
      said = 0
      index = createSearchIndex()
      const sayings = all.map((words) => say(words.join(' ')))
      fill(sayings.slice(0, split))
      fill(sayings.slice(split), { packs: false })
      const terms = splitWords(asked.join(' ')).map(({ term }) => term)
      const last = terms.at(-1)!
      const slow = sayings.filter(({ text }) => {
        const has = splitWords(text).map(({ term }) => term)
        // Asked twice, the last is the one that may be a beginning.
        return terms.every((term) =>
          term === last ? has.some((one) => one.startsWith(term)) : has.includes(term),
        )
      })
      const found = find(asked.join(' ')).hits.filter(({ isSimilar }) => !isSimilar)
      expect(found.map(({ key }) => key.seq)).toEqual(slow.map(({ seq }) => seq).reverse())
    }),
    { numRuns: 200 },
  )
})

test('ux 24: what was found is marked where it stands, and a long text is cut around it', () => {
  const marked = (text: string, words: string, withSimilar = false) =>
    markWords(text, words, withSimilar)
      .map(({ text: part, isHit }) => (isHit ? `[${part}]` : part))
      .join('')
  expect(marked('Über den Fluß gehen', 'uber flus')).toBe('[Über] den [Fluß] gehen')
  expect(marked('the birthday cake', 'brithday', true)).toBe('the [birthday] cake')
  const long = marked(`${'before '.repeat(40)}here ${'after '.repeat(80)}`, 'here')
  expect(long).toMatch(/^…before .*\[here\] after .*…$/u)
  expect(long.length).toBeLessThan(300)
})
