import type { AccountId, Ticket } from '../../../shared/identifiers.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { AccountKeys } from '../identity/account-keys.ts'
import { openSeed, sealSeed } from './account-boxes.ts'
import type { AccountProblem } from './account-problem.ts'
import type { AccountTools } from './account-tools.ts'

/** What a password opens: the account's keys, for as long as the caller holds them (I4), and a right at the server. */
export interface Unlocked {
  seed: Bytes
  keys: AccountKeys
  account: AccountId
  name: string
  ticket: Ticket
  /** As the server keeps it. */
  keyring: string | undefined
}

/** OPAQUE's login (A2): the server learns nothing of the password, and we believe it nothing that the password does not open. */
export const unlockWithPassword = async (
  { calls, opaque }: Pick<AccountTools, 'calls' | 'opaque'>,
  name: string,
  password: string,
): Promise<Result<Unlocked, AccountProblem>> => {
  const begun = await opaque.startLogin(password)
  if (!begun) return fail({ type: 'unreachable' })
  const started = await calls.login.start({ name, request: begun.request })
  if (!started.ok) return started
  const opened = await opaque.finishLogin(password, begun.state, started.value.response)
  if (!opened) return fail({ type: 'wrongLogin' })
  const finished = await calls.login.finish({ ticket: started.value.ticket, finish: opened.finish })
  if (!finished.ok) return finished
  const { account, ticket, boxes } = finished.value
  const inside = await openSeed(opened.exportKey, boxes.seed, account)
  if (!inside) return fail({ type: 'boxBroken' })
  return ok({ ...inside, account, ticket, name: finished.value.name, keyring: boxes.keyring })
}

/** Puts a new password in the place of the old, with a ticket from a login or a recovery. */
export const setPassword = async (
  { calls, opaque, random }: Pick<AccountTools, 'calls' | 'opaque' | 'random'>,
  { seed, ticket, password }: { seed: Bytes; ticket: Ticket; password: string },
): Promise<Result<void, AccountProblem>> => {
  const begun = await opaque.startRegistration(password)
  if (!begun) return fail({ type: 'unreachable' })
  const started = await calls.recovery.startPassword({ ticket, request: begun.request })
  if (!started.ok) return started
  const made = await opaque.finishRegistration(password, begun.state, started.value.response)
  if (!made) return fail({ type: 'serverError' })
  const box = await sealSeed(made.exportKey, seed, random)
  const finished = await calls.recovery.finishPassword({ ticket, record: made.record, seed: box })
  return finished.ok ? ok(undefined) : finished
}
