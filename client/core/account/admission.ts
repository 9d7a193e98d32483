import * as encoding from 'lib0/encoding'
import { readCertificate } from '../../../shared/certificate.ts'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { invitationSecretBytes } from '../../../shared/invitation-link.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { loadHpke } from '../crypto/load-hpke.ts'
import type { Device } from '../identity/device.ts'
import { deriveInvitation } from './invitation-secret.ts'
import { encodeWelcome, readWelcome, type Welcome } from './welcome.ts'

/**
 * How somebody who registered by an invitation from the server comes into the family: an owner or admin, who has compared the safety
 * number with them, leaves an invitation and its welcome at the server, sealed to each of their devices.
 */
const info = 'hearth/v1/admission'

/** Undefined where not one device is truly the account's: then the server has shown us somebody else's. */
export const sealAdmission = async (
  account: AccountId,
  certificates: readonly string[],
  { secret, welcome }: { secret: Bytes; welcome: Welcome },
): Promise<string | undefined> => {
  const plaintext = encoding.createEncoder()
  encoding.writeUint8Array(plaintext, secret)
  // Without the document: the box is sealed once a device, and the devices of the family are about to bring it.
  encoding.writeVarUint8Array(plaintext, encodeWelcome({ ...welcome, snapshot: new Uint8Array(0) }))
  const { sealTo } = await loadHpke()
  const boxes: Bytes[] = []
  for (const text of certificates) {
    const certificate = await readCertificate(fromBase64Url(text) ?? new Uint8Array(0))
    if (!certificate.ok || certificate.value.identity.account !== account) continue
    const { deviceKem } = certificate.value
    const purpose = { info, additionalData: encodeUtf8(account) }
    boxes.push(await sealTo(deviceKem, copyBytes(encoding.toUint8Array(plaintext)), purpose))
  }
  if (boxes.length === 0) return undefined
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, boxes.length)
  for (const box of boxes) encoding.writeVarUint8Array(encoder, box)
  return toBase64Url(encoding.toUint8Array(encoder))
}

/** The welcome and the secrets of its invitation, or undefined where no box is for this device. */
export const openAdmission = async (device: Device, account: AccountId, text: string) => {
  const boxes = decodeWith(fromBase64Url(text) ?? new Uint8Array(0), (reader) =>
    reader.list(accountLimits.maxDevices, () => reader.varBytes(accountLimits.maxAdmissionBytes)),
  )
  const { openWith } = await loadHpke()
  for (const box of boxes ?? []) {
    const opened = await openWith(device.kem, box, { info, additionalData: encodeUtf8(account) })
    const parsed =
      opened &&
      decodeWith(opened, (reader) => ({
        secret: reader.bytes(invitationSecretBytes),
        welcome: reader.varBytes(accountLimits.maxWelcomeBytes),
      }))
    const welcome = parsed && (await readWelcome(parsed.welcome))
    if (parsed && welcome) return { welcome, secrets: await deriveInvitation(parsed.secret) }
  }
  return undefined
}
