import { makeCertificate } from '../../../shared/certificate.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { Role } from '../../../shared/roles.ts'
import { deriveInvitation, type InvitationSecrets } from '../account/invitation-secret.ts'
import { makeGenesis, readGenesis, type Genesis } from '../group/genesis.ts'
import type { PlacedStatement } from '../group/said.ts'
import {
  certificateStatement,
  makeJoin,
  makeStatement,
  readStatement,
  type Cut,
  type Statement,
  type StatementBody,
} from '../group/statements.ts'
import { openAccountKeys, type AccountKeys } from '../identity/account-keys.ts'
import { openDevice, type Device } from '../identity/device.ts'
import { createSeededRandom } from './seeded-random.ts'

/** An account with one device, the same for the same number. */
export interface Relative {
  keys: AccountKeys
  account: AccountId
  device: Device
  certificate: Bytes
}

export const createRelative = async (seed: number): Promise<Relative> => {
  const random = createSeededRandom(seed)
  const keys = await openAccountKeys(random.bytes(32))
  const device = await openDevice(random.bytes(32))
  return {
    keys,
    account: keys.identity.account,
    device,
    certificate: await certifyDevice(keys, device, `device ${seed}`),
  }
}

export const certifyDevice = (
  keys: AccountKeys,
  device: Device,
  name: string,
  createdAt = 1,
): Promise<Bytes> =>
  makeCertificate(keys.sign, {
    identityKey: keys.identity.key,
    identityKem: keys.identity.kem,
    deviceKey: device.publicKey,
    deviceKem: device.kem.publicKey,
    createdAt,
    name,
  })

export const foundFamily = async ({ keys }: Relative, familyName = 'Lindqvist'): Promise<Genesis> => {
  const bytes = await makeGenesis(keys.sign, {
    ownerKey: keys.identity.key,
    familyName,
    createdAt: 1,
    nonce: new Uint8Array(16).fill(7),
  })
  const genesis = await readGenesis(bytes)
  if (!genesis) throw new Error('no genesis')
  return genesis
}

/** One more device of somebody, the same for the same number. */
export const addDevice = async (
  { keys }: Pick<Relative, 'keys'>,
  seed: number,
  createdAt = 1,
): Promise<{ device: Device; certificate: Bytes }> => {
  const device = await openDevice(createSeededRandom(seed).bytes(32))
  return { device, certificate: await certifyDevice(keys, device, `device ${seed}`, createdAt) }
}

/** What a device says, signed and read again. */
export const say = async (
  genesis: Genesis,
  device: Device,
  body: StatementBody & { ms: number },
): Promise<Statement> => readSaid(genesis, await makeStatement(genesis.group, device, body))

/** A statement as everybody reads it; throws for one that nobody would. */
export const readSaid = async (genesis: Genesis, bytes: Bytes): Promise<Statement> => {
  const statement = await readStatement(genesis.group, bytes)
  if (!statement) throw new Error('nobody would read this statement')
  return statement
}

/** Where a device has written a statement in the family document. */
export const placeIn = (device: Device, seq: number, statement: Statement): PlacedStatement => ({
  statement,
  place: { feed: device.feed, device: device.id, seq },
})

/** The secrets of an invitation, the same for the same number. */
export const invitationOf = (seed: number): Promise<InvitationSecrets> =>
  deriveInvitation(createSeededRandom(seed).bytes(16))

export interface InvitationWish {
  role?: Exclude<Role, 'owner'>
  ms?: number
  seed?: number
  uses?: number
  replaces?: AccountId
  cuts?: readonly Cut[]
}

/** What a newcomer shows who came by an invitation of `inviter`. */
export const inviteRelative = async (
  genesis: Genesis,
  inviter: Pick<Relative, 'device' | 'certificate'>,
  newcomer: Relative,
  { role = 'member', ms = 2, seed = 1, uses = 1, replaces, cuts }: InvitationWish = {},
): Promise<{ invitation: Bytes; join: Bytes; statements: Bytes[] }> => {
  const secrets = await invitationOf(seed * 7_919 + ms)
  const body = {
    type: 'invitation',
    key: secrets.key,
    role,
    uses,
    expiresAt: ms + 1_000,
    replaces,
    cuts,
  } as const
  const invitation = await makeStatement(genesis.group, inviter.device, { ...body, ms })
  const join = await makeJoin(genesis.group, secrets, { account: newcomer.account, ms: ms + 1 })
  return { invitation, join, statements: [invitation, certificateStatement(inviter.certificate), join] }
}
