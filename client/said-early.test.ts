import { expect, test } from 'vitest'
import type { LogId } from './core/ports.ts'
import { createDrafts } from './features/chat/drafts.ts'
import { createSaidEarly } from './said-early.ts'

const [kitchen, attic] = ['kitchen', 'attic'] as unknown as [LogId, LogId]

/** As a browser's: what is in it are its own keys. */
const createStorage = (): Storage => {
  const storage = Object.create({
    getItem: (key: string) => (storage as Record<string, string>)[key] ?? null,
    setItem: (key: string, value: string) => void ((storage as Record<string, string>)[key] = value),
    removeItem: (key: string) => void Reflect.deleteProperty(storage, key),
  }) as Storage
  return storage
}

test('ux 17: what was said to a core that never came is a draft in its room at the next start', () => {
  const storage = createStorage()
  createDrafts(storage).write(attic, 'and more')
  const said = createSaidEarly(storage)
  said.keep(kitchen, [{ text: 'One' }, { text: 'Two' }])
  said.keep(attic, [{ text: 'Said' }])
  createSaidEarly(storage).makeDrafts()
  const drafts = createDrafts(storage)
  expect([drafts.read(kitchen), drafts.read(attic)]).toEqual(['One\nTwo', 'Said\nand more'])
  createSaidEarly(storage).makeDrafts()
  expect(createDrafts(storage).read(kitchen)).toBe('One\nTwo')
})

test('what the core has taken leaves nothing', () => {
  const storage = createStorage()
  const said = createSaidEarly(storage)
  said.keep(kitchen, [{ text: 'One' }])
  said.keep(kitchen, [])
  expect(Object.keys(storage)).toEqual([])
})

test('a browser that keeps nothing is no reason to stop', () => {
  const refuse = () => {
    throw new Error('refused')
  }
  for (const storage of [
    undefined,
    { setItem: refuse, getItem: refuse, removeItem: refuse } as unknown as Storage,
  ]) {
    const said = createSaidEarly(storage)
    expect(() => said.keep(kitchen, [{ text: 'One' }])).not.toThrow()
    expect(() => said.makeDrafts()).not.toThrow()
  }
})
