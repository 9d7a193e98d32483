import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import { accountLimits, nameLimits } from '../../../shared/limits.ts'
import { readGenesis, type Genesis } from '../group/genesis.ts'
import type { Random } from '../ports.ts'
import { readFamilyKeys, writeFamilyKeys, type FamilyKeys } from './family-keys.ts'
import type { InvitationSecrets } from './invitation-secret.ts'
import { openBox, sealBox } from './sealed-box.ts'

/** What an invitation brings along, so that a newcomer is inside at once, with nobody else online (A8). */
export interface Welcome {
  family: FamilyKeys
  inviterName: string
  /** The family document as it was then, where it is small: people and rooms are there before anybody else is. May be empty. */
  snapshot: Bytes
}

/** Larger documents come from the devices instead. */
export const maxSnapshotBytes = 40 * 1024
const maxNameBytes = nameLimits.maxPersonName * 32
const purpose = 'hearth/v1/welcome'

export const encodeWelcome = (welcome: Welcome): Bytes => {
  const encoder = encoding.createEncoder()
  writeFamilyKeys(encoder, welcome.family)
  encoding.writeVarUint8Array(encoder, encodeUtf8(welcome.inviterName))
  const fits = welcome.snapshot.length <= maxSnapshotBytes
  encoding.writeVarUint8Array(encoder, fits ? welcome.snapshot : new Uint8Array(0))
  return copyBytes(encoding.toUint8Array(encoder))
}

/** The welcome and its verified genesis, or undefined where anything about it is wrong. */
export const readWelcome = async (
  bytes: Uint8Array,
): Promise<(Welcome & { genesis: Genesis }) | undefined> => {
  if (bytes.length > accountLimits.maxWelcomeBytes) return undefined
  const welcome = decodeWith(bytes, (reader) => {
    const family = readFamilyKeys(reader)
    const inviterName = decodeUtf8(reader.varBytes(maxNameBytes))
    const snapshot = reader.varBytes(maxSnapshotBytes)
    return family && inviterName !== undefined ? { family, inviterName, snapshot } : undefined
  })
  const genesis = welcome && (await readGenesis(welcome.family.genesis))
  return welcome && genesis && { ...welcome, genesis }
}

export const sealWelcome = async (
  welcome: Welcome,
  { welcomeKey }: InvitationSecrets,
  random: Random,
): Promise<string> => toBase64Url(await sealBox(welcomeKey, encodeWelcome(welcome), purpose, random))

export const openWelcome = async (sealed: string, { welcomeKey }: InvitationSecrets) => {
  const bytes = fromBase64Url(sealed)
  const opened = bytes && (await openBox(welcomeKey, bytes, purpose))
  return opened && readWelcome(opened)
}
