import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { FeedId } from '../ports.ts'

/** The update of a document in which `client` did something of its own. */
export const updateOf = (client: number, change: (doc: Y.Doc) => void): Bytes => {
  const doc = new Y.Doc()
  doc.clientID = client
  change(doc)
  return copyBytes(Y.encodeStateAsUpdate(doc))
}

const kinds = { gc: 0, deleted: 1, json: 2, string: 4, type: 7, any: 8, document: 9, skip: 10 }

const write = (fill: (encoder: encoding.Encoder) => void): Bytes => {
  const encoder = encoding.createEncoder()
  fill(encoder)
  return copyBytes(encoding.toUint8Array(encoder))
}
const writeHead = (encoder: encoding.Encoder, feed: FeedId, structs: number) => {
  encoding.writeVarUint(encoder, 1) // one client
  encoding.writeVarUint(encoder, structs)
  encoding.writeVarUint(encoder, feed)
  encoding.writeVarUint(encoder, 0)
}
/** A struct that begins the array of its own feed. */
const writeBeginning = (encoder: encoding.Encoder, kind: keyof typeof kinds, feed: FeedId) => {
  encoding.writeUint8(encoder, kinds[kind])
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, String(feed))
}
const claim = 2 ** 31

/** Few bytes that claim to be ever so much. */
export const claims = (feed: FeedId): Record<string, Bytes> => ({
  'two thousand million elements': write((encoder) => {
    writeHead(encoder, feed, 1)
    writeBeginning(encoder, 'any', feed)
    encoding.writeVarUint(encoder, claim)
    encoding.writeAny(encoder, new Uint8Array(1))
  }),
  'two thousand million texts': write((encoder) => {
    writeHead(encoder, feed, 1)
    writeBeginning(encoder, 'json', feed)
    encoding.writeVarUint(encoder, claim)
  }),
  'a deleted stretch of two thousand million': write((encoder) => {
    writeHead(encoder, feed, 1)
    writeBeginning(encoder, 'deleted', feed)
    encoding.writeVarUint(encoder, claim)
    encoding.writeVarUint(encoder, 0)
  }),
  'a collected stretch of two thousand million': write((encoder) => {
    writeHead(encoder, feed, 1)
    encoding.writeUint8(encoder, kinds.gc)
    encoding.writeVarUint(encoder, claim)
    encoding.writeVarUint(encoder, 0)
  }),
  'a skipped stretch of two thousand million': write((encoder) => {
    writeHead(encoder, feed, 1)
    encoding.writeUint8(encoder, kinds.skip)
    encoding.writeVarUint(encoder, claim)
    encoding.writeVarUint(encoder, 0)
  }),
  'two thousand million structs': write((encoder) => writeHead(encoder, feed, claim)),
  'two thousand million writers': write((encoder) => encoding.writeVarUint(encoder, claim)),
  'two thousand million deletions': write((encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, feed)
    encoding.writeVarUint(encoder, claim)
  }),
  'a text of two thousand million bytes': write((encoder) => {
    writeHead(encoder, feed, 1)
    writeBeginning(encoder, 'string', feed)
    encoding.writeVarUint(encoder, claim)
  }),
  'lists within lists, a million deep': write((encoder) => {
    writeHead(encoder, feed, 1)
    writeBeginning(encoder, 'any', feed)
    for (let depth = 0; depth < 1_000_000; depth++) {
      encoding.writeVarUint(encoder, 1)
      encoding.writeUint8(encoder, 117)
    }
  }),
})

/** Structs of few bytes each, of which Yjs makes objects of many. */
export const swarms = (feed: FeedId, count: number): Record<string, Bytes> => {
  const follow = (encoder: encoding.Encoder, kind: keyof typeof kinds) => {
    encoding.writeUint8(encoder, kinds[kind] | 0x80)
    encoding.writeVarUint(encoder, feed)
    encoding.writeVarUint(encoder, 1)
  }
  const swarm = (one: (encoder: encoding.Encoder) => void) =>
    write((encoder) => {
      writeHead(encoder, feed, count)
      for (let index = 0; index < count; index++) one(encoder)
      encoding.writeVarUint(encoder, 0)
    })
  return {
    documents: swarm((encoder) => {
      follow(encoder, 'document')
      encoding.writeVarString(encoder, '')
      encoding.writeAny(encoder, {})
    }),
    types: swarm((encoder) => {
      follow(encoder, 'type')
      encoding.writeVarUint(encoder, 0)
    }),
    'collected stretches': swarm((encoder) => {
      encoding.writeUint8(encoder, kinds.gc)
      encoding.writeUint8(encoder, 1)
    }),
    'empty elements': write((encoder) => {
      writeHead(encoder, feed, 1)
      writeBeginning(encoder, 'any', feed)
      encoding.writeVarUint(encoder, count)
      for (let index = 0; index < count; index++) encoding.writeAny(encoder, new Uint8Array(0))
      encoding.writeVarUint(encoder, 0)
    }),
  }
}

/** Several updates in one, block by block: what Yjs itself would merge. */
export const joinBlocks = (...updates: readonly Uint8Array[]): Bytes =>
  new Uint8Array([
    updates.length,
    ...updates.flatMap((update) => [...update.subarray(1, update.length - 1)]), // without the count of writers, and of deletions
    0,
  ])

/** A block of a writer in which nothing is written. */
export const emptyBlock = (feed: FeedId): Bytes =>
  write((encoder) => {
    writeHead(encoder, feed, 0)
    encoding.writeVarUint(encoder, 0)
  })
