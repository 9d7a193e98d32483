import { decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { ok } from '../../../shared/result.ts'
import type { PlacedRekey } from '../group/epochs.ts'
import { createGroupKeys, type GroupKeys } from '../group/group-keys.ts'
import { openEpoch, parseRekey, recipientIdOf, type Recipient, type Rekey } from '../group/rekey.ts'
import { openDevice, type Device } from '../identity/device.ts'
import type { BodyPlace } from '../log/body-cipher.ts'
import type { SealedBody } from '../log/entry.ts'
import type { Clock, LogId } from '../ports.ts'
import { createSeededRandom } from './seeded-random.ts'

export const keyGroupId = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId

export const recipientOf = ({ id, kem }: Device): Recipient => ({
  id: recipientIdOf(id),
  kem: kem.publicKey,
})

/** A device, the same for the same number. */
export const deviceOf = (seed: number): Promise<Device> => openDevice(createSeededRandom(seed).bytes(32))

export const rekeyOf = (bytes: Bytes): Rekey => {
  const rekey = parseRekey(bytes)
  if (!rekey) throw new Error('no rekey')
  return rekey
}

/** Where a body stands in these tests: what the header says is for others to test. */
export const placeOf = (author: Device): BodyPlace => ({
  author: author.id,
  associate: ({ epoch, nonce }) => new Uint8Array([...epoch, ...nonce]),
})

export interface KeyHolder {
  device: Device
  keys: GroupKeys
}

export interface WrittenBody {
  author: Device
  text: string
  sealed: SealedBody
}

/**
 * Several devices with the keys of one group, and a log of rekeys that all see, those who are out included. No document and no network:
 * what keys do, and nothing else.
 */
export interface KeyGroup {
  readonly rekeys: PlacedRekey[]
  readonly members: ReadonlySet<KeyHolder>
  /** Comes in; with secrets from a welcome, if any. */
  add(device: Device, given?: readonly Bytes[], seed?: number): Promise<KeyHolder>
  remove(holder: KeyHolder): void
  /** Of those who are named as gone they are not one any more. */
  comeBack(holder: KeyHolder): void
  /** Puts a rekey into the log, whoever made it. */
  publish(bytes: Bytes, by: Device, at?: { ms?: number; counter?: number }): Rekey
  rekey(holder: KeyHolder): Promise<Rekey>
  /** Everybody makes the rekeys they owe, until nobody owes one. Gives how many that took. */
  settle(): Promise<number>
  write(holder: KeyHolder, text: string): Promise<WrittenBody>
  read(holder: KeyHolder, written: WrittenBody): Promise<string | undefined>
}

export const createKeyGroup = (clock: Pick<Clock, 'now'>): KeyGroup => {
  const rekeys: PlacedRekey[] = []
  const members = new Set<KeyHolder>()
  const departed = new Set<string>()
  const all = new Set<KeyHolder>()
  let counter = 0

  const tell = () => {
    const recipients = [...members].map(({ device }) => recipientOf(device))
    for (const { keys } of all) keys.learn({ recipients, departed: [...departed], rekeys: [...rekeys] })
  }
  const publish: KeyGroup['publish'] = (bytes, by, { ms = clock.now(), counter: at } = {}) => {
    counter += 1
    const rekey = rekeyOf(bytes)
    rekeys.push({ rekey, ms, counter: at ?? counter, by: recipientIdOf(by.id) })
    tell()
    return rekey
  }
  const rekey: KeyGroup['rekey'] = async ({ keys, device }) => publish(await keys.makeRekey(), device)

  return {
    rekeys,
    members,
    async add(device, given = [], seed = device.feed % 100_000) {
      const keys = createGroupKeys({
        group: keyGroupId,
        own: [{ id: recipientIdOf(device.id), kem: device.kem }],
        given: await Promise.all(given.map(openEpoch)),
        clock,
        random: createSeededRandom(seed),
      })
      const holder = { device, keys }
      members.add(holder)
      all.add(holder)
      tell()
      return holder
    },
    remove(holder) {
      members.delete(holder)
      departed.add(holder.device.id)
      tell()
    },
    comeBack(holder) {
      members.add(holder)
      departed.delete(holder.device.id)
      tell()
    },
    publish,
    rekey,
    async settle() {
      let made = 0
      for (let isQuiet = false; !isQuiet;) {
        isQuiet = true
        for (const holder of members) {
          if (!(await holder.keys.owesRekey())) continue
          if (++made > 100) throw new Error('they make rekeys for ever')
          await rekey(holder)
          isQuiet = false
        }
      }
      return made
    },
    async write(holder, text) {
      const bodies = holder.keys.bodies(async () => {
        await rekey(holder)
        return ok(undefined)
      })
      const sealed = await bodies.seal(encodeUtf8(text), placeOf(holder.device))
      if (!sealed.ok) throw new Error(sealed.problem.type)
      return { author: holder.device, text, sealed: sealed.value }
    },
    async read({ keys }, { sealed, author }) {
      const bodies = keys.bodies(() => Promise.reject(new Error('reading makes no key')))
      const opened = await bodies.open(sealed, placeOf(author))
      return opened && decodeUtf8(opened)
    },
  }
}
