import { fail, ok, type Result } from '../../../shared/result.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { parseFamilyName, parsePersonName } from '../../../shared/names.ts'
import { makeGenesis } from '../group/genesis.ts'
import { makeJoin } from '../group/statements.ts'
import type { LogId } from '../ports.ts'
import { openAccountKeys, seedBytes, type AccountKeys } from '../identity/account-keys.ts'
import { sealKeyring, sealSeed } from './account-boxes.ts'
import type { AccountProblem } from './account-problem.ts'
import { certify, checkPassword, type AccountTools } from './account-tools.ts'
import type { RegistrationWish } from './arrival.ts'
import type { Entrance } from './entrance.ts'
import { comeBackByKey } from './entrance.ts'
import type { FamilyKeys } from './family-keys.ts'
import type { InvitationSecrets } from './invitation-secret.ts'
import type { Welcome } from './welcome.ts'
import { signTicket } from './tickets.ts'

/** An invitation as far as registering needs it. Without a welcome: the first of the family, or somebody to be let in later. */
export type Invited =
  | { type: 'found'; secrets: InvitationSecrets }
  | { type: 'join'; secrets: InvitationSecrets; welcome: Welcome & { genesis: { group: LogId } } }
  | { type: 'ask'; secrets: InvitationSecrets }

/**
 * Makes an account (A1, A2): a seed nobody else ever sees, its first device, and at the server all of it or nothing. Gives what the device
 * keeps and the seed, which the caller shows as the recovery phrase and forgets.
 */
export const register = async (
  tools: AccountTools,
  invited: Invited,
  wish: RegistrationWish,
): Promise<Result<Entrance & { seed: Bytes }, AccountProblem>> => {
  const name = parsePersonName(wish.name)
  if (!name.ok) return name
  const password = checkPassword(wish.password)
  if (!password.ok) return password
  const seed = tools.random.bytes(seedBytes)
  const keys = await openAccountKeys(seed)
  const family = await familyOf(tools, invited, wish, keys)
  if (!family.ok) return family

  const { calls, opaque, random, device } = tools
  const begun = await opaque.startRegistration(wish.password)
  if (!begun) return fail({ type: 'unreachable' })
  const { code } = invited.secrets
  const started = await calls.registration.start({ code, name: name.value, request: begun.request })
  if (!started.ok) return started
  const made = await opaque.finishRegistration(wish.password, begun.state, started.value.response)
  if (!made) return fail({ type: 'serverError' })

  const certificate = await certify(tools, keys)
  const { account } = keys.identity
  const keyring = family.value && {
    keyring: await sealKeyring(keys.keyringKey, account, family.value, random),
  }
  const finished = await calls.registration.finish({
    ticket: started.value.ticket,
    record: made.record,
    boxes: { seed: await sealSeed(made.exportKey, seed, random), ...keyring },
    certificate: toBase64Url(certificate),
    signature: await signTicket(device, started.value.ticket),
  })
  // An answer lost on its way may still have been a yes: then the server knows this device by now.
  const isIn = finished.ok || (finished.problem.type === 'unreachable' && (await comeBackByKey(tools)).ok)
  if (!isIn) return finished
  return ok({
    record: {
      loginName: name.value,
      certificate,
      keyringKey: keys.keyringKey,
      family: family.value,
      needsProfile: true,
    },
    account,
    snapshot: invited.type === 'join' ? invited.welcome.snapshot : undefined,
    seed,
  })
}

const familyOf = async (
  { clock, random }: AccountTools,
  invited: Invited,
  wish: RegistrationWish,
  keys: AccountKeys,
): Promise<Result<FamilyKeys | undefined, AccountProblem>> => {
  switch (invited.type) {
    case 'ask':
      return ok(undefined)
    case 'join':
      return ok(await joinFamily(invited.welcome, invited.secrets, keys.identity.account, clock.now()))
    case 'found': {
      const familyName = parseFamilyName(wish.familyName ?? '')
      if (!familyName.ok) return familyName
      const genesis = await makeGenesis(keys.sign, {
        ownerKey: keys.identity.key,
        familyName: familyName.value,
        createdAt: clock.now(),
        nonce: random.bytes(16),
      })
      return ok({ genesis, secret: random.bytes(32), statements: [], epochs: [] })
    }
  }
}

/** The family of a welcome, with the newcomer's own statement that they came by it. */
export const joinFamily = async (
  { family, genesis }: Welcome & { genesis: { group: LogId } },
  secrets: InvitationSecrets,
  account: AccountKeys['identity']['account'],
  ms: number,
): Promise<FamilyKeys> => {
  const join = await makeJoin(genesis.group, secrets, { account, ms })
  return { ...family, statements: [...family.statements, join] }
}
