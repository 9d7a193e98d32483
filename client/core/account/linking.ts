import * as encoding from 'lib0/encoding'
import { makeCertificate, readCertificate } from '../../../shared/certificate.ts'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { parsePublicKey, type PublicKey } from '../../../shared/crypto/ed25519.ts'
import { sha256 } from '../../../shared/crypto/sha256.ts'
import { parseKemKey, type KemKey } from '../../../shared/crypto/x25519-key.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { linkingLinkPrefix } from '../../../shared/linking-link.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { loadHpke } from '../crypto/load-hpke.ts'
import { maxSnapshotBytes } from './welcome.ts'
import type { AccountProblem } from './account-problem.ts'
import type { AccountTools } from './account-tools.ts'
import type { Entrance } from './entrance.ts'
import { encodeMembershipRecord, parseMembershipRecord, type MembershipRecord } from './membership-record.ts'
import { unlockWithPassword } from './passwords.ts'

/** What a new device shows to one that is signed in: public keys only (I8). */
export interface LinkingKeys {
  deviceKey: PublicKey
  deviceKem: KemKey
  deviceName: string
}

const maxNameBytes = accountLimits.maxDeviceName * 4
const info = 'hearth/v1/linking'

const encodeKeys = ({ deviceKey, deviceKem, deviceName }: LinkingKeys): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, deviceKey)
  encoding.writeUint8Array(encoder, deviceKem)
  const name = Array.from(deviceName).slice(0, accountLimits.maxDeviceName).join('')
  encoding.writeVarUint8Array(encoder, encodeUtf8(name))
  return copyBytes(encoding.toUint8Array(encoder))
}

export const linkingLinkOf = (origin: string, keys: LinkingKeys): string =>
  `${origin}/${linkingLinkPrefix}${toBase64Url(encodeKeys(keys))}`

/** Reads a whole link, or what somebody pasted of it from `#` on; undefined for anything else. */
export const readLinkingLink = (link: string): LinkingKeys | undefined => {
  const at = link.indexOf(linkingLinkPrefix)
  const bytes = at < 0 ? undefined : fromBase64Url(link.slice(at + linkingLinkPrefix.length).trim())
  const parsed =
    bytes &&
    decodeWith(bytes, (reader) => ({
      deviceKey: parsePublicKey(reader.bytes(32)),
      deviceKem: parseKemKey(reader.bytes(32)),
      deviceName: decodeUtf8(reader.varBytes(maxNameBytes)),
    }))
  if (!parsed?.deviceKey.ok || !parsed.deviceKem.ok || parsed.deviceName === undefined) return undefined
  return {
    deviceKey: parsed.deviceKey.value,
    deviceKem: parsed.deviceKem.value,
    deviceName: parsed.deviceName,
  }
}

/** Six digits of the new device's keys, for people to compare on both screens. */
export const checkDigitsOf = async (keys: LinkingKeys): Promise<string> => {
  const hash = await sha256(encodeUtf8(info), encodeKeys(keys))
  const number = new DataView(hash.buffer).getUint32(0) % 1_000_000
  return String(number).padStart(6, '0')
}

/** On the device that is signed in: certifies the other one and leaves it what it needs, sealed to its key. */
export const approveLinking = async (
  tools: Pick<AccountTools, 'calls' | 'opaque' | 'clock'>,
  keys: LinkingKeys,
  {
    record,
    account,
    password,
    snapshot,
  }: { record: MembershipRecord; account: AccountId; password: string; snapshot: Bytes },
): Promise<Result<void, AccountProblem>> => {
  const unlocked = await unlockWithPassword(tools, record.loginName, password)
  if (!unlocked.ok) return unlocked
  const { keys: own } = unlocked.value
  if (own.identity.account !== account) return fail({ type: 'boxBroken' })
  const certificate = await makeCertificate(own.sign, {
    identityKey: own.identity.key,
    identityKem: own.identity.kem,
    deviceKey: keys.deviceKey,
    deviceKem: keys.deviceKem,
    createdAt: tools.clock.now(),
    name: keys.deviceName,
  })
  const encoder = encoding.createEncoder()
  encoding.writeVarUint8Array(
    encoder,
    encodeMembershipRecord({ ...record, certificate, needsProfile: false }),
  )
  const fits = snapshot.length <= maxSnapshotBytes
  encoding.writeVarUint8Array(encoder, fits ? snapshot : new Uint8Array(0))
  const { sealTo } = await loadHpke()
  const box = await sealTo(keys.deviceKem, copyBytes(encoding.toUint8Array(encoder)), {
    info,
    additionalData: keys.deviceKey,
  })
  const offered = await tools.calls.linking.offer({
    certificate: toBase64Url(certificate),
    box: toBase64Url(box),
  })
  return offered.ok ? ok(undefined) : offered
}

/** On the new device: opens what was left for it; undefined where it is not for this device, or not whole. */
export const openLinkingBox = async (
  { device }: Pick<AccountTools, 'device'>,
  box: Bytes,
): Promise<Entrance | undefined> => {
  const { openWith } = await loadHpke()
  const opened = await openWith(device.kem, box, { info, additionalData: device.publicKey })
  const parsed =
    opened &&
    decodeWith(opened, (reader) => ({
      record: parseMembershipRecord(reader.varBytes(accountLimits.maxLinkingBoxBytes)),
      snapshot: reader.varBytes(maxSnapshotBytes),
    }))
  if (!parsed?.record) return undefined
  const certificate = await readCertificate(parsed.record.certificate)
  if (!certificate.ok || certificate.value.device !== device.id) return undefined
  const { account } = certificate.value.identity
  return { record: parsed.record, account, snapshot: parsed.snapshot }
}
