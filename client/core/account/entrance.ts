import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { readCertificate } from '../../../shared/certificate.ts'
import type { AccountId, Ticket } from '../../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { AccountKeys } from '../identity/account-keys.ts'
import { openAccountKeys } from '../identity/account-keys.ts'
import { openKeyring } from './account-boxes.ts'
import type { AccountProblem } from './account-problem.ts'
import { certify, checkPassword, identityKeyOf, type AccountTools } from './account-tools.ts'
import { setPassword, unlockWithPassword } from './passwords.ts'
import type { MembershipRecord } from './membership-record.ts'
import { signRecovery, signTicket } from './tickets.ts'

/** What comes of every way in: what this device keeps from now on. */
export interface Entrance {
  record: MembershipRecord
  account: AccountId
  /** A family document to begin with. */
  snapshot: Bytes | undefined
}

/** On a second browser, by name and password. */
export const signIn = async (
  tools: AccountTools,
  name: string,
  password: string,
): Promise<Result<Entrance, AccountProblem>> => {
  const unlocked = await unlockWithPassword(tools, name, password)
  if (!unlocked.ok) return unlocked
  const { keys, ticket, keyring } = unlocked.value
  return enter(tools, { keys, ticket, keyring, loginName: unlocked.value.name })
}

/** With the recovery phrase's seed (A5): proves to be the identity, and sets a new password. */
export const recover = async (
  tools: AccountTools,
  seed: Bytes,
  newPassword: string,
): Promise<Result<Entrance, AccountProblem>> => {
  const password = checkPassword(newPassword)
  if (!password.ok) return password
  const { calls } = tools
  const keys = await openAccountKeys(seed)
  const started = await calls.recovery.start({ identityKey: identityKeyOf(keys) })
  if (!started.ok) return started
  const signature = await signRecovery(keys, started.value.ticket)
  const proved = await calls.recovery.prove({ ticket: started.value.ticket, signature })
  if (!proved.ok) return proved.problem.type === 'wrongProof' ? fail({ type: 'phraseUnknown' }) : proved
  const { ticket, keyring, name } = proved.value
  const set = await setPassword(tools, { seed, ticket, password: newPassword })
  return set.ok ? enter(tools, { keys, ticket, keyring, loginName: name }) : set
}

/** Certifies this device and binds it to a session (A3). */
const enter = async (
  tools: AccountTools,
  {
    keys,
    ticket,
    keyring,
    loginName,
  }: { keys: AccountKeys; ticket: Ticket; keyring: string | undefined; loginName: string },
): Promise<Result<Entrance, AccountProblem>> => {
  const { account } = keys.identity
  const family = keyring === undefined ? undefined : await openKeyring(keys.keyringKey, account, keyring)
  if (keyring !== undefined && !family) return fail({ type: 'boxBroken' })
  const certificate = await certify(tools, keys)
  const signature = await signTicket(tools.device, ticket)
  const session = await tools.calls.session.start({
    ticket,
    signature,
    certificate: toBase64Url(certificate),
  })
  if (!session.ok) return session
  const record = { loginName, certificate, keyringKey: keys.keyringKey, family, needsProfile: false }
  return ok({ record, account, snapshot: undefined })
}

/** A session for a device the server knows, by its key alone (A3). */
export const comeBackByKey = async ({
  calls,
  device,
}: Pick<AccountTools, 'calls' | 'device'>): Promise<Result<void, AccountProblem>> => {
  const challenge = await calls.session.challenge({ device: device.id })
  if (!challenge.ok) return challenge
  const { ticket } = challenge.value
  const started = await calls.session.start({ ticket, signature: await signTicket(device, ticket) })
  return started.ok ? ok(undefined) : started
}

/** The account a record is of, if the record is this device's. */
export const accountOfRecord = async (record: MembershipRecord): Promise<AccountId | undefined> => {
  const certificate = await readCertificate(record.certificate)
  return certificate.ok ? certificate.value.identity.account : undefined
}

export const bytesOfBox = (box: string): Bytes => fromBase64Url(box) ?? new Uint8Array(0)
