import * as Y from 'yjs'
import { createGroupKeys } from '../../client/core/group/group-keys.ts'
import { parseRekey, recipientIdOf } from '../../client/core/group/rekey.ts'
import { openDevice, type Device } from '../../client/core/identity/device.ts'
import { encodeAppend } from '../../client/core/log/append-update.ts'
import { entryKinds } from '../../client/core/log/entry.ts'
import { appendEntry } from '../../client/core/log/feed.ts'
import type { FeedHead, LogId } from '../../client/core/ports.ts'
import { encodeMessage } from '../../client/core/room/message-body.ts'
import { browserClock } from '../../client/net/browser-clock.ts'
import { browserRandom } from '../../client/net/browser-random.ts'
import { ok } from '../../shared/result.ts'
import { must, mustHave } from '../built-page/must.ts'
import type { WrittenPage } from './overhead-of.ts'

const group = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const log = 'BBBBBBBBBBBBBBBBBBBBBA' as LogId

/** A page in which these devices write in turn. */
export const writeOurPage = async (texts: readonly string[], deviceCount: number): Promise<WrittenPage> => {
  const devices = await Promise.all(
    Array.from({ length: deviceCount }, () => openDevice(browserRandom.bytes(32))),
  )
  const recipients = devices.map(({ id, kem }) => ({ id: recipientIdOf(id), kem: kem.publicKey }))
  const first = must(devices[0], 'device')
  const own = [{ id: recipientIdOf(first.id), kem: first.kem }]
  const keys = createGroupKeys({ group, own, given: [], clock: browserClock, random: browserRandom })
  keys.learn({ recipients, rekeys: [] })
  const rekey = must(parseRekey(await keys.makeRekey()), 'rekey')
  keys.learn({ recipients, rekeys: [{ rekey, ms: browserClock.now(), by: recipientIdOf(first.id) }] })

  const bodies = keys.bodies(() => Promise.resolve(ok(undefined)))
  const doc = new Y.Doc({ gc: false })
  const heads = new Map<Device, FeedHead>()
  const updates = []
  for (const [index, text] of texts.entries()) {
    const device = must(devices[index % devices.length], 'device')
    const appended = await appendEntry(bodies, {
      place: { group, log, page: 0 },
      device,
      head: heads.get(device),
      kind: entryKinds.message,
      time: { ms: browserClock.now(), counter: 0 },
      plaintext: mustHave(encodeMessage({ text })),
    })
    const { element, entry, head } = mustHave(appended)
    heads.set(device, head)
    const update = encodeAppend(device.feed, entry.seq, [element])
    Y.applyUpdate(doc, update)
    updates.push({ update, ciphertextBytes: entry.body.length })
  }
  return { page: Y.encodeStateAsUpdate(doc), updates }
}
