import { sealTo } from '../../client/core/crypto/hpke.ts'
import { importPublicKem } from '../../client/core/crypto/x25519.ts'
import { createGroupKeys } from '../../client/core/group/group-keys.ts'
import { parseRekey, recipientIdOf } from '../../client/core/group/rekey.ts'
import { openDevice, type Device } from '../../client/core/identity/device.ts'
import { entryKinds } from '../../client/core/log/entry.ts'
import { appendEntry } from '../../client/core/log/feed.ts'
import type { LogId } from '../../client/core/ports.ts'
import { browserClock } from '../../client/net/browser-clock.ts'
import { browserRandom } from '../../client/net/browser-random.ts'
import { encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import { ok } from '../../shared/result.ts'
import { must, mustBe, mustHave } from '../built-page/must.ts'

const group = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const secret = browserRandom.bytes(32)

let devices: Device[] = []
let publicKeys: Awaited<ReturnType<typeof importPublicKem>>[] = []

const open = async (count: number): Promise<void> => {
  devices = await Promise.all(Array.from({ length: count }, () => openDevice(browserRandom.bytes(32))))
  publicKeys = await Promise.all(devices.map(({ kem }) => importPublicKem(kem.publicKey)))
}

/** From the moment a device hears that one of the group is out to the entry with the next epoch for all others, sealed and signed. */
const measureOurs = async (): Promise<number> => {
  const device = must(devices[0], 'device')
  const gone = await openDevice(browserRandom.bytes(32))
  const recipientsOf = (these: readonly Device[]) =>
    these.map(({ id, kem }) => ({ id: recipientIdOf(id), kem: kem.publicKey }))
  const own = [{ id: recipientIdOf(device.id), kem: device.kem }]
  const keys = createGroupKeys({ group, own, given: [], clock: browserClock, random: browserRandom })
  keys.learn({ recipients: recipientsOf([...devices, gone]), rekeys: [] })
  const before = must(parseRekey(await keys.makeRekey()), 'rekey')
  const rekeys = [{ rekey: before, ms: browserClock.now(), by: recipientIdOf(device.id) }]
  keys.learn({ recipients: recipientsOf([...devices, gone]), rekeys })
  mustBe(!(await keys.owesRekey()), 'nobody is out yet')

  const startedAt = performance.now()
  keys.learn({ recipients: recipientsOf(devices), departed: [gone.id], rekeys })
  const isOwed = await keys.owesRekey()
  const rekey = await keys.makeRekey()
  const written = await appendEntry(
    keys.bodies(() => Promise.resolve(ok(undefined))),
    {
      place: { group, log: group, page: 0 },
      device,
      head: undefined,
      kind: entryKinds.rekey,
      time: { ms: browserClock.now(), counter: 0 },
      plaintext: rekey,
    },
  )
  const took = performance.now() - startedAt
  mustBe(isOwed, 'a new epoch is owed')
  mustBe(
    must(parseRekey(mustHave(written).entry.body), 'rekey').boxes.size === devices.length,
    'a box for each',
  )
  return took
}

/** A box for each, one after the other. */
const measurePeer = async (): Promise<number> => {
  const boxes: Bytes[] = []
  const startedAt = performance.now()
  for (const { kem } of devices)
    boxes.push(await sealTo(kem.publicKey, secret, { info: 'peer', additionalData: encodeUtf8(group) }))
  const took = performance.now() - startedAt
  mustBe(boxes.length === devices.length, 'a box for each')
  return took
}

/** One multiplication and one sealing for each, with keys that are ready, as many at a time as the browser likes. */
const measureLimit = async (): Promise<number> => {
  const { privateKey } = must(devices[0], 'device').kem.handles
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const startedAt = performance.now()
  const boxes = await Promise.all(
    publicKeys.map(async (publicKey) => {
      await crypto.subtle.deriveBits({ name: 'X25519', public: publicKey }, privateKey, 256)
      return crypto.subtle.encrypt({ name: 'AES-GCM', iv: browserRandom.bytes(12) }, key, secret)
    }),
  )
  const took = performance.now() - startedAt
  mustBe(boxes.length === devices.length, 'a box for each')
  return took
}

const contestants = { ours: measureOurs, peer: measurePeer, limit: measureLimit }

const rekeyBench = {
  open,
  /** Milliseconds. */
  measure: (who: keyof typeof contestants): Promise<number> => contestants[who](),
}

declare global {
  interface Window {
    rekeyBench?: typeof rekeyBench
  }
}
window.rekeyBench = rekeyBench
