import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import type { KemKey } from '../../../shared/crypto/x25519-key.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import { groupLimits, logLimits } from '../../../shared/limits.ts'
import { importSealingKey } from '../crypto/aes-gcm.ts'
import { deriveBytes } from '../crypto/hkdf.ts'
import { loadHpke } from '../crypto/load-hpke.ts'
import type { KemKeyPair } from '../crypto/x25519.ts'
import { epochIdBytes, nonceBytes } from '../log/entry.ts'
import type { LogId, Random } from '../ports.ts'

/** An epoch's id: 16 bytes as 22 base64url characters. It follows from the epoch's secret, and so commits to it (G3). */
export type EpochId = string & { readonly __brand: 'EpochId' }

/** Who an epoch is wrapped to: the first 16 bytes of a device's or an account's id, as 22 base64url characters. */
export type RecipientId = string & { readonly __brand: 'RecipientId' }

/** Who had gone by the time an epoch was made: 16 bytes of a hash over them, as 22 base64url characters. */
export type DepartedHash = string & { readonly __brand: 'DepartedHash' }

export interface Recipient {
  id: RecipientId
  kem: KemKey
}

export interface Epoch {
  id: EpochId
  /** 32 random bytes. */
  secret: Bytes
}

/** A new epoch as the group's log carries it (G3). */
export interface Rekey {
  epoch: EpochId
  departed: DepartedHash
  boxes: ReadonlyMap<RecipientId, Bytes>
  /** Epochs before it, which whoever has its secret can open too. */
  linked: readonly EpochId[]
  /** Their secrets, sealed. */
  link: Bytes
}

const secretBytes = 32
const tagBytes = 16
const recipientIdBytes = 16
const departedBytes = 16
/** Of a wrapped secret: HPKE's enc and tag come to it. */
const boxBytes = 32 + secretBytes + tagBytes
const info = 'hearth/v1/rekey'

export const recipientIdOf = (id: string): RecipientId =>
  toBase64Url(
    (fromBase64Url(id) ?? new Uint8Array(recipientIdBytes)).slice(0, recipientIdBytes),
  ) as RecipientId

export const epochIdOf = async (secret: Bytes): Promise<EpochId> =>
  toBase64Url((await sha256(encodeUtf8('hearth/v1/epoch'), secret)).slice(0, epochIdBytes)) as EpochId

export const bytesOfEpoch = (id: EpochId): Bytes => fromBase64Url(id) ?? new Uint8Array(epochIdBytes)

export const openEpoch = async (secret: Bytes): Promise<Epoch> => ({ id: await epochIdOf(secret), secret })

/**
 * Whoever goes had the epochs of their time, though none of them may say so: a welcome may have brought them. So an epoch names those
 * without whom it was made, and is one of now only for who knows of the same.
 */
export const hashDeparted = async (departed: readonly string[]): Promise<DepartedHash> => {
  const hash = await sha256(encodeUtf8(['hearth/v1/departed', ...[...departed].sort()].join(' ')))
  return toBase64Url(hash.slice(0, departedBytes)) as DepartedHash
}

/** A box is for one epoch, one group and one recipient, and opens in no other's place. */
const purpose = (group: LogId, epoch: EpochId, recipient: RecipientId) => ({
  info,
  additionalData: encodeUtf8(`${group}${epoch}${recipient}`),
})

const linkKeyOf = async (secret: Bytes) => importSealingKey(await deriveBytes(secret, 'hearth/v1/link', 32))

/** For whom a fresh epoch is. */
export interface RekeyWish {
  /** All who belong to the group now. */
  recipients: readonly Recipient[]
  departed: DepartedHash
  /** What whoever has it can open too. */
  before: readonly Epoch[]
}

/** Wraps a fresh epoch. */
export const makeRekey = async (
  group: LogId,
  epoch: Epoch,
  { recipients, departed, before }: RekeyWish,
  random: Random,
): Promise<Bytes> => {
  const { sealTo } = await loadHpke()
  const boxes = await Promise.all(
    recipients.map(
      async ({ id, kem }) => [id, await sealTo(kem, epoch.secret, purpose(group, epoch.id, id))] as const,
    ),
  )
  const nonce = random.bytes(nonceBytes)
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, bytesOfEpoch(epoch.id))
  encoding.writeUint8Array(encoder, fromBase64Url(departed) ?? new Uint8Array(departedBytes))
  encoding.writeVarUint(encoder, boxes.length)
  for (const [id, box] of boxes) {
    encoding.writeUint8Array(encoder, fromBase64Url(id) ?? new Uint8Array(recipientIdBytes))
    encoding.writeUint8Array(encoder, box)
  }
  encoding.writeVarUint(encoder, before.length)
  for (const { id } of before) encoding.writeUint8Array(encoder, bytesOfEpoch(id))
  const key = await linkKeyOf(epoch.secret)
  const secrets = concatBytes(...before.map(({ secret }) => secret))
  const sealed = await key.seal(secrets, { nonce, additionalData: encodeUtf8(group) })
  encoding.writeVarUint8Array(encoder, concatBytes(nonce, sealed))
  return copyBytes(encoding.toUint8Array(encoder))
}

/** Undefined for anything but a whole rekey. What its boxes hold shows when they are opened. */
export const parseRekey = (bytes: Bytes): Rekey | undefined => {
  if (bytes.length > logLimits.maxEntryBytes) return undefined
  return decodeWith(bytes, (reader) => {
    const readEpochId = () => toBase64Url(reader.bytes(epochIdBytes)) as EpochId
    const epoch = readEpochId()
    const departed = toBase64Url(reader.bytes(departedBytes)) as DepartedHash
    const boxes = reader.list(groupLimits.maxRecipients, () => {
      const id = toBase64Url(reader.bytes(recipientIdBytes)) as RecipientId
      return [id, reader.bytes(boxBytes)] as const
    })
    const linked = reader.list(groupLimits.maxLinkedEpochs, readEpochId)
    const link = reader.varBytes(nonceBytes + groupLimits.maxLinkedEpochs * secretBytes + tagBytes)
    return { epoch, departed, boxes: new Map(boxes), linked, link }
  })
}

/** The epoch, if a rekey holds it for this recipient and does not lie about it. */
export const openRekey = async (
  group: LogId,
  rekey: Rekey,
  recipient: { id: RecipientId; kem: KemKeyPair },
): Promise<Epoch | undefined> => {
  const box = rekey.boxes.get(recipient.id)
  if (!box) return undefined
  const { openWith } = await loadHpke()
  const secret = await openWith(recipient.kem, box, purpose(group, rekey.epoch, recipient.id))
  if (secret?.length !== secretBytes || (await epochIdOf(secret)) !== rekey.epoch) return undefined
  return { id: rekey.epoch, secret }
}

/** The epochs that a rekey opens to whoever has its secret; those it lies about are left out. */
export const openLinked = async (group: LogId, rekey: Rekey, secret: Bytes): Promise<Epoch[]> => {
  const key = await linkKeyOf(secret)
  const nonce = rekey.link.slice(0, nonceBytes)
  if (nonce.length < nonceBytes) return []
  const context = { nonce, additionalData: encodeUtf8(group) }
  const secrets = await key.open(rekey.link.slice(nonceBytes), context)
  if (secrets?.length !== rekey.linked.length * secretBytes) return []
  const epochs = await Promise.all(
    rekey.linked.map((_, index) => openEpoch(secrets.slice(index * secretBytes, (index + 1) * secretBytes))),
  )
  return epochs.filter(({ id }, index) => id === rekey.linked[index])
}
