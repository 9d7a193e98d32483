import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeAppend } from './append-update.ts'

const elements = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 20 })
const feed = fc.integer({ min: 1, max: 2 ** 52 - 1 })

test('P2: an append made by hand is byte for byte what Yjs writes of it, and a run of them is one struct', () => {
  fc.assert(
    fc.property(feed, fc.array(elements, { minLength: 1, maxLength: 5 }), (client, runs) => {
      const doc = new Y.Doc({ gc: false })
      let clock = 0
      for (const run of runs) {
        const before = Y.encodeStateVector(doc)
        const append = encodeAppend(client, clock, run)
        Y.applyUpdate(doc, append)
        expect(new Uint8Array(Y.encodeStateAsUpdate(doc, before))).toEqual(append)
        clock += run.length
      }
      expect(new Uint8Array(Y.encodeStateAsUpdate(doc))).toEqual(encodeAppend(client, 0, runs.flat()))
    }),
  )
})

test('P2: appends of any slicing give the array that one append gives', () => {
  fc.assert(
    fc.property(feed, elements, fc.nat(20), (client, run, cut) => {
      const doc = new Y.Doc()
      const first = run.slice(0, cut)
      const rest = run.slice(cut)
      if (first.length > 0) Y.applyUpdate(doc, encodeAppend(client, 0, first))
      if (rest.length > 0) Y.applyUpdate(doc, encodeAppend(client, first.length, rest))
      expect(doc.getArray(String(client)).toArray()).toEqual(run)
    }),
  )
})
