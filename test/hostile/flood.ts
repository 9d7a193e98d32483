import { logLimits } from '../../shared/limits.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import { ok } from '../../shared/result.ts'
import type { BodyCipher } from '../../client/core/log/body-cipher.ts'
import { encodeAppend } from '../../client/core/log/append-update.ts'
import type { LogId } from '../../client/core/ports.ts'
import { encodeSyncMessage } from '../../client/core/sync/messages.ts'
import { claims } from '../../client/core/testing/hostile-updates.ts'
import { createRelative } from '../../client/core/testing/relatives.ts'
import { createSeededRandom } from '../../client/core/testing/seeded-random.ts'
import type { FloodKind } from './hostile-end.ts'
import type { HostileGround } from './hostile-ground.ts'

const random = createSeededRandom(41)
/** Each under another epoch, which nobody made. */
const underNoKey: BodyCipher = {
  seal: () =>
    Promise.resolve(ok({ epoch: random.bytes(16), nonce: random.bytes(12), body: random.bytes(80) })),
  open: () => Promise.resolve(undefined),
}

/** Messages for the pages channel that are neither taken nor refused: what could pile up. */
const makePendings = async ({ write, general, anna }: HostileGround): Promise<Bytes[]> => {
  const made: Bytes[] = []
  const add = (update: Bytes, log: LogId = general, page = made.length % 500) =>
    made.push(encodeSyncMessage({ type: 'entries', log, page, update }))
  for (let count = 0; count < 60; count++) add((await write({ bodies: underNoKey })).update)
  for (let count = 0; count < 40; count++) {
    const { device } = await createRelative(20_000 + count)
    add((await write({ device })).update)
  }
  const { update } = await write()
  for (let count = 0; count < 40; count++) {
    const log = `${String(count).padStart(5, '0')}${'A'.repeat(17)}` as LogId
    add(update, log)
    made.push(encodeSyncMessage({ type: 'want', log }))
    const digest = random.bytes(16)
    made.push(encodeSyncMessage({ type: 'pages', log, pages: [{ page: count, digest }] }))
    const length = logLimits.maxEntriesPerFeed - count
    made.push(encodeSyncMessage({ type: 'stored', log: general, page: count, length }))
    made.push(encodeSyncMessage({ type: 'served', log: general, page: 300 + count, more: true }))
    const marks = random.bytes(8 * 20)
    made.push(encodeSyncMessage({ type: 'trace', log: general, page: 0, feed: anna.feed, marks }))
  }
  return made
}

/** Messages for the pages channel that are refused. */
const makeRefused = async ({ write, device, general }: HostileGround): Promise<Bytes[]> => {
  const { element, entry } = await write()
  const broken = Array.from(element, (_byte, at) =>
    element.map((byte, index) => (index === at ? byte ^ (1 << (at & 7)) : byte)),
  )
  const updates = [
    ...broken.map((one) => encodeAppend(device.feed, entry.seq, [one])),
    ...Object.values(claims(device.feed)).filter(({ length }) => length < 1_000),
  ]
  return [
    ...updates.map((update) => encodeSyncMessage({ type: 'entries', log: general, page: 0, update })),
    ...Array.from({ length: 20 }, () => random.bytes(60)),
    ...Array.from({ length: 20 }, () => encodeSyncMessage({ type: 'fork', proof: random.bytes(400) })),
  ]
}

/** How many are under way at once: the other side must be able to judge them as they come. */
const batch = 500
/** Of what is refused a few are looked at before the Link is closed, and the rest is dropped. */
const refusedBatch = 5_000

export const flood = async (
  ground: HostileGround,
  frames: number,
  kinds: readonly FloodKind[],
): Promise<number> => {
  const began = performance.now()
  const made = {
    pending: kinds.includes('pending') ? await makePendings(ground) : [],
    refused: kinds.includes('refused') ? await makeRefused(ground) : [],
  }
  let sent = 0
  for (let round = 0; sent < frames; round++) {
    // Four fifths of all frames are looked at.
    const isRefused = made.pending.length === 0 || (made.refused.length > 0 && round % 41 === 40)
    const all = isRefused ? made.refused : made.pending
    const count = Math.min(isRefused ? refusedBatch : batch, frames - sent)
    for (let index = 0; index < count; index++) ground.say(all[(sent + index) % all.length]!)
    sent += count
    if (!(await ground.settle())) await ground.meet()
  }
  return (frames / (performance.now() - began)) * 1_000
}
