import { encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { encodeAppend } from '../log/append-update.ts'
import type { BodyCipher } from '../log/body-cipher.ts'
import { entryKinds } from '../log/entry.ts'
import { appendEntry, type OwnEntry, type SignedEntry } from '../log/feed.ts'
import type { Clock, FeedHead } from '../ports.ts'

export type Wish = Partial<Pick<OwnEntry, 'place' | 'device' | 'head' | 'kind' | 'time' | 'plaintext'>> & {
  bodies?: BodyCipher
}

export interface Forged {
  element: Bytes
  entry: SignedEntry
  head: FeedHead
  /** The update that brings it to whoever has all before it. */
  update: Bytes
}

/** Whose entries they are where a test does not say otherwise, and where they stand. */
export interface ForgeGround extends Pick<OwnEntry, 'place' | 'device'> {
  bodies: BodyCipher
  clock: Pick<Clock, 'now'>
}

/** A message, first in its feed, under the keys of now, but for what the test wants otherwise. */
export const createForge = ({ place, device: self, bodies, clock }: ForgeGround) => {
  let counter = 0
  return async (wish: Wish = {}): Promise<Forged> => {
    const { head, device = self } = wish
    const made = await appendEntry(wish.bodies ?? bodies, {
      place,
      kind: entryKinds.message,
      time: { ms: clock.now(), counter: (counter += 1) },
      plaintext: encodeUtf8('forged'),
      ...wish,
      device,
      head,
    })
    if (!made.ok) throw new Error(made.problem.type)
    const update = encodeAppend(device.feed, made.value.entry.seq, [made.value.element])
    return { ...made.value, update }
  }
}
