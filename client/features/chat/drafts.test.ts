import { expect, test } from 'vitest'
import { fakeLogId } from '../../core/testing/fake-family.ts'
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
