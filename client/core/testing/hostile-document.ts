import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { readFeeds } from '../group/document-feeds.ts'
import type { Family } from '../group/family.ts'
import type { Device } from '../identity/device.ts'
import type { EntryKind } from '../log/entry.ts'
import type { FeedHead } from '../ports.ts'
import type { Forged } from './hostile-member.ts'
import type { HostileScene } from './hostile-scene.ts'

/** Where a device's feed stands in the family document, as somebody has it. */
export const headInDocument = async (
  { doc, genesis: { group } }: Pick<Family, 'doc' | 'genesis'>,
  { feed }: Pick<Device, 'feed'>,
): Promise<FeedHead | undefined> => {
  const feeds = readFeeds(doc, { group, log: group, page: 0 })
  await feeds.entries()
  return feeds.headOf(feed)
}

/** Writes in the family document as Mallory, and sends it to Anna. */
export type DocumentWriter = (kind: EntryKind, plaintext: Bytes, ms?: number) => Promise<Forged>

/** Each entry follows the one before, the first what she has announced as an honest member would. */
export const createDocumentWriter = ({ anna, mallory, house }: HostileScene): DocumentWriter => {
  const { group } = anna.hearth.family.genesis
  const place = { group, log: group, page: 0 }
  let head: FeedHead | undefined
  return async (kind, plaintext, ms = house.clock.now()) => {
    head ??= await headInDocument(mallory.family, mallory.relative.device)
    const made = await mallory.write({ place, kind, plaintext, head, time: { ms, counter: 9 } })
    head = made.head
    mallory.sendDocument(anna, made.update)
    await house.clock.advance(20)
    return made
  }
}
