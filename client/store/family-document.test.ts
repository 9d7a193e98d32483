import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openFamilyDocument } from './family-document.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

test('P5: what was in the family document before a flush is there at the next start', async () => {
  const doc = new Y.Doc()
  const stored = openFamilyDocument(doc, 'family')
  doc.getMap('rooms').set('before loading', 1)
  expect((await stored.whenLoaded).ok).toBe(true)
  for (let n = 0; n < 50; n++) doc.getMap('rooms').set(`room ${n}`, n)
  expect((await stored.flush()).ok).toBe(true)

  const again = new Y.Doc()
  expect((await openFamilyDocument(again, 'family').whenLoaded).ok).toBe(true)
  expect(again.getMap('rooms').size).toBe(51)
})

test('P5: closing keeps what was written, and lets the document live on unsaved', async () => {
  const doc = new Y.Doc()
  const stored = openFamilyDocument(doc, 'family')
  doc.getMap('rooms').set('kept', 1)
  expect((await stored.close()).ok).toBe(true)
  doc.getMap('rooms').set('lost', 1)
  expect(await stored.flush()).toEqual({ ok: false, problem: { type: 'storeClosed' } })

  const again = new Y.Doc()
  await openFamilyDocument(again, 'family').whenLoaded
  expect(again.getMap('rooms').toJSON()).toEqual({ kept: 1 })
})
