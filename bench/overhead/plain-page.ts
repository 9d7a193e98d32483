import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import { must } from '../built-page/must.ts'
import type { WrittenPage } from './overhead-of.ts'

const tagBytes = 16

const randomBase64 = (byteCount: number): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(byteCount))).toString('base64')

/**
 * The plain way to say the same over y-webrtc: an object of JSON for each message in a map that all share, with its binary parts in
 * base64. Random bytes stand for what is sealed and signed: only lengths are measured.
 */
export const writePlainPage = (texts: readonly string[], deviceCount: number): WrittenPage => {
  const docs = Array.from({ length: deviceCount }, () => new Y.Doc())
  const senders = docs.map(() => randomBase64(16))
  const updates: { update: Uint8Array; ciphertextBytes: number }[] = []
  let sentBytes = 0
  for (const doc of docs)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return
      updates.push({ update, ciphertextBytes: sentBytes })
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, 'other')
    })
  for (const [index, text] of texts.entries()) {
    const at = index % docs.length
    sentBytes = Buffer.byteLength(text) + tagBytes
    must(docs[at], 'document')
      .getMap('messages')
      .set(randomUUID(), {
        from: senders[at],
        time: Date.now(),
        epoch: randomBase64(16),
        nonce: randomBase64(12),
        body: randomBase64(sentBytes),
        signature: randomBase64(64),
      })
  }
  return { page: Y.encodeStateAsUpdate(must(docs[0], 'document')), updates }
}
