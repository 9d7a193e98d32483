import { expect, test } from 'vitest'
import { bob, fakeLogId } from '../../core/testing/fake-family.ts'
import { parseMore, type KeptMention } from './compose/draft-more.ts'
import { createDrafts, type TextStorage } from './drafts.ts'

const room = fakeLogId('general')
const other = fakeLogId('garden')

const createStorage = (): TextStorage => {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, text) => void items.set(key, text),
    removeItem: (key) => void items.delete(key),
  }
}

test('ux 17: a draft survives a reload, each room its own', () => {
  const storage = createStorage()
  createDrafts(storage).write(room, 'half a sen')
  const reloaded = createDrafts(storage)
  expect(reloaded.read(room)).toBe('half a sen')
  expect(reloaded.read(other)).toBe('')
})

test('ux 17: a sent draft leaves nothing behind', () => {
  const storage = createStorage()
  const drafts = createDrafts(storage)
  drafts.write(room, 'text')
  drafts.write(room, '')
  expect(drafts.read(room)).toBe('')
  expect(createDrafts(storage).read(room)).toBe('')
})

test('ux 17: a storage that refuses costs no text while the page lives', () => {
  const refuse = () => {
    throw new Error('QuotaExceededError')
  }
  for (const storage of [undefined, { getItem: refuse, setItem: refuse, removeItem: refuse }]) {
    const drafts = createDrafts(storage)
    expect(drafts.read(room)).toBe('')
    drafts.write(room, 'kept')
    expect(drafts.read(room)).toBe('kept')
    drafts.write(room, '')
    expect(drafts.read(room)).toBe('')
  }
})

const bobAt = (start: number): KeptMention => ({ start, length: 4, account: bob.id })

test('ux 17: whom it names and what it answers survive a reload, too', () => {
  const storage = createStorage()
  const drafts = createDrafts(storage)
  drafts.write(room, 'hi @Bob')
  drafts.writeMentions(room, [bobAt(3)])
  drafts.writeReplyTo(room, 'key of a message')
  const reloaded = createDrafts(storage)
  expect(reloaded.read(room)).toBe('hi @Bob')
  expect(reloaded.readMentions(room)).toEqual([bobAt(3)])
  expect(reloaded.readReplyTo(room)).toBe('key of a message')
  expect(reloaded.readMentions(other)).toEqual([])
})

test('ux 17: mentions move with the text, and go with it', () => {
  const storage = createStorage()
  const drafts = createDrafts(storage)
  drafts.write(room, '@Bob')
  drafts.writeMentions(room, [bobAt(0)])
  drafts.write(room, 'hi @Bob')
  expect(drafts.readMentions(room)).toEqual([bobAt(3)])
  drafts.write(room, '')
  expect(createDrafts(storage).readMentions(room)).toEqual([])
  drafts.writeReplyTo(room, 'key')
  drafts.writeReplyTo(room, undefined)
  expect(createDrafts(storage).readReplyTo(room)).toBeUndefined()
})

test('ux 17: a draft of an older app is its text', () => {
  const storage = createStorage()
  storage.setItem(`hearth/draft/${room}`, '{"mentions":[[0,4,"x"]]}')
  const drafts = createDrafts(storage)
  expect(drafts.read(room)).toBe('{"mentions":[[0,4,"x"]]}')
  expect(drafts.readMentions(room)).toEqual([])
  expect(drafts.readReplyTo(room)).toBeUndefined()
})

test('ux 17: what was kept beside a text and does not fit it is left out', () => {
  const bad = ['{', '1', 'null', '[]', '{"mentions":1,"replyTo":1}', '{"replyTo":""}']
  for (const kept of bad) expect(parseMore(kept, '@Bob'), kept).toEqual({ mentions: [], replyTo: undefined })
  const account = bob.id
  const kept = {
    mentions: [
      [0, 4, account],
      [2, 4, account],
      [0, 99, account],
      [5, 1, account],
      [0.5, 1, account],
      [0, 4, '<x>'],
    ],
  }
  expect(parseMore(JSON.stringify(kept), '@Bob and').mentions).toEqual([bobAt(0)])
})
