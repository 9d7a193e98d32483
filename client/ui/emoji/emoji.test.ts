import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { nameEmoji, parseEmoji } from './emoji-data.ts'
import { emojiGroups } from './emoji-groups.ts'
import { findEmoji } from './find-emoji.ts'
import { noteRecentEmoji, readRecentEmoji } from './recent-emoji.ts'

const { resolve } = createRequire(import.meta.url)
const readData = async (path: string) =>
  parseEmoji(await readFile(resolve(`emoji-picker-element-data/${path}/data.json`), 'utf8'))
const all = await readData('en/emojibase')

describe('the data that is shipped', () => {
  test('every group that is shown has emoji, and every emoji a name', () => {
    for (const { group } of emojiGroups) expect(all.some((emoji) => emoji.group === group)).toBe(true)
    expect(all.length).toBeGreaterThan(1500)
    for (const { emoji, name } of all) expect([emoji === '', name === '']).toEqual([false, false])
  })

  test('what is not as expected is left out', () => {
    const good = { emoji: '🎂', annotation: 'cake', group: 4, version: 1 }
    const bad = [
      null,
      1,
      {},
      { ...good, emoji: 1 },
      { ...good, version: 99 },
      { ...good, version: undefined },
    ]
    expect(parseEmoji(JSON.stringify([...bad, good]))).toEqual([
      { emoji: '🎂', name: 'cake', codes: [], words: [], group: 4 },
    ])
    expect(parseEmoji('{}')).toEqual([])
  })
})

describe('ux 19: emoji by name', () => {
  const found = (query: string) => findEmoji(all, query, 8).map(({ emoji }) => emoji.replace('\ufe0f', ''))

  test.each([
    ['thumbsup', '👍'],
    ['+1', '👍'],
    ['joy', '😂'],
    ['birthday', '🎂'],
    ['red_heart', '❤'],
    ['HEART', '❤'],
  ])('%s', (query, emoji) => expect(found(query)).toContain(emoji))

  test('the shortest code that begins so comes first', () => {
    expect(found('ca')[0]).toBe('🐈')
    expect(found('cake')[0]).toBe('🍰')
  })

  test('nothing for nothing, and no more than asked for', () => {
    expect(found('')).toEqual([])
    expect(found('xyzzy')).toEqual([])
    expect(found('fa')).toHaveLength(8)
  })
})

describe('ux 37: emoji by their names in other languages', () => {
  test.each([
    ['de', 'herz', '❤', 'rotes Herz'],
    ['de', 'geburtstag', '🎂', 'Geburtstagskuchen'],
    ['es', 'tarta', '🎂', 'tarta de cumpleaños'],
  ])('%s: %s', async (language, query, emoji, name) => {
    const named = nameEmoji(all, await readData(`${language}/cldr`))
    expect(named.map((one) => one.emoji)).toEqual(all.map((one) => one.emoji))
    const found = findEmoji(named, query, 64).find((one) => one.emoji.replace('\ufe0f', '') === emoji)
    expect(found?.name).toBe(name)
    expect(findEmoji(named, 'thumbsup', 8).map((one) => one.emoji)).toContain('👍️')
  })

  test('what a language has no name for keeps its English one', () => {
    const [first] = all
    expect(nameEmoji(all, [])[0]).toEqual(first)
  })
})

describe('ux 14: six recent ones', () => {
  const createStorage = (kept?: string) => {
    let item = kept ?? null
    return { getItem: () => item, setItem: (_: string, text: string) => void (item = text) }
  }

  test('the usual ones first of all, and a new one before them', () => {
    const storage = createStorage()
    expect(readRecentEmoji(storage)).toEqual(['👍', '❤️', '😂', '😮', '😢', '🙏'])
    noteRecentEmoji(storage, '🎂')
    expect(readRecentEmoji(storage)).toEqual(['🎂', '👍', '❤️', '😂', '😮', '😢'])
    noteRecentEmoji(storage, '😂')
    expect(readRecentEmoji(storage)[0]).toBe('🎂')
  })

  test('a storage that is broken or refuses costs nothing else', () => {
    for (const kept of ['{', '{}', '[1, "", null]', JSON.stringify(['x'.repeat(99)])])
      expect(readRecentEmoji(createStorage(kept))).toHaveLength(6)
    const refuse = () => {
      throw new Error('SecurityError')
    }
    expect(readRecentEmoji({ getItem: refuse, setItem: refuse })).toHaveLength(6)
    expect(() => noteRecentEmoji({ getItem: refuse, setItem: refuse }, '🎂')).not.toThrow()
    noteRecentEmoji(undefined, '🎂')
  })
})
