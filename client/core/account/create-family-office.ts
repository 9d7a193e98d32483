import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { invitationLinkPrefix, invitationSecretBytes } from '../../../shared/invitation-link.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { mayActOn, type Role } from '../../../shared/roles.ts'
import { proofOf } from '../group/credential.ts'
import type { Family } from '../group/family.ts'
import { certificateStatement, makeStatement, type StatementBody } from '../group/statements.ts'
import type { Person } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import { createValue, type Value } from '../value.ts'
import type { AccountProblem } from './account-problem.ts'
import type { AccountTools } from './account-tools.ts'
import { sealAdmission } from './admission.ts'
import { closeUsedInvitations } from './close-used-invitations.ts'
import { createTrust } from './create-trust.ts'
import type { FamilyKeys } from './family-keys.ts'
import type { FamilyOffice, InvitationWish, NewInvitationLink } from './family-office.ts'
import { deriveInvitation } from './invitation-secret.ts'
import type { VaultKeeper } from './vault-keeper.ts'
import { sealWelcome, type Welcome } from './welcome.ts'

export interface FamilyOfficeOptions {
  tools: Pick<AccountTools, 'calls' | 'device' | 'clock' | 'random'>
  family: Family
  me: Value<Person>
  keeper: VaultKeeper
  /** Of the family document, for those who are invited. */
  snapshot(): Bytes
  /** Where the app is served: `https://host:port`. */
  origin: string
}

type Outcome<Done = void> = Promise<Result<Done, AccountProblem>>

/** What owner and admins do: the family is told by a signed statement, the server by a request (G2). */
export const createFamilyOffice = (options: FamilyOfficeOptions): FamilyOffice => {
  const { tools, family, me, keeper } = options
  const { calls, device, clock, random } = tools
  const myRole = createValue<Role>(me.get().role)
  me.subscribe(({ role }) => myRole.set(role))

  /** After all that the owner has said about these people's roles, whose clock may be ahead of ours. */
  const timeAfterRoles = (...accounts: AccountId[]): number => {
    const { membership } = family.state.get()
    return Math.max(clock.now(), ...accounts.flatMap(membership.rolesOf).map(({ ms }) => ms + 1))
  }
  const state = async (body: StatementBody): Promise<Result<Bytes, AccountProblem>> => {
    const { genesis } = family
    const about = 'account' in body ? [body.account] : []
    const statement = await makeStatement(genesis.group, device, {
      ...body,
      ms: timeAfterRoles(me.get().id, ...about),
    })
    const told = await family.write({ kind: entryKinds.statement, statement })
    return told.ok ? ok(statement) : told
  }
  const roleOf = (account: AccountId): Role =>
    family.state.get().membership.members.get(account)?.role ?? 'member'
  const mayChange = (account: AccountId): boolean =>
    account !== me.get().id && mayActOn(myRole.get(), roleOf(account))

  /** As many as a proof has room for. */
  const cutsShown = (account: AccountId) => family.cutsOf(account).slice(0, accountLimits.maxDevices)

  /** What a newcomer needs to see that this very invitation is good: it, and why I may invite. */
  const familyKeys = async (invitation: Bytes): Promise<FamilyKeys> => {
    const record = keeper.record.get()
    const { membership } = family.state.get()
    return {
      genesis: family.genesis.bytes,
      secret: record.family?.secret ?? new Uint8Array(32),
      statements: [invitation, certificateStatement(record.certificate), ...proofOf(membership, me.get().id)],
      epochs: await family.keys.secrets(),
    }
  }

  closeUsedInvitations(family, device.id, (key, joined) => state({ type: 'withdrawal', key, joined }))

  const prepare = async (
    role: InvitationWish['role'],
    uses: number,
    expiresAt: number,
    replaces?: AccountId,
  ) => {
    const secret = random.bytes(invitationSecretBytes)
    const secrets = await deriveInvitation(secret)
    const place = replaces === undefined ? {} : { replaces, cuts: cutsShown(replaces) }
    const stated = await state({ type: 'invitation', key: secrets.key, role, uses, expiresAt, ...place })
    if (!stated.ok) return stated
    const welcome: Welcome = {
      family: await familyKeys(stated.value),
      inviterName: me.get().name,
      snapshot: options.snapshot(),
    }
    return ok({ secret, secrets, welcome })
  }

  const invite = async (
    { role, lifetimeMs, uses }: InvitationWish,
    again?: AccountId,
  ): Outcome<NewInvitationLink> => {
    if (!mayActOn(myRole.get(), role)) return fail({ type: 'roleTooLow' })
    const prepared = await prepare(role, uses, clock.now() + lifetimeMs, again)
    if (!prepared.ok) return prepared
    const { secret, secrets, welcome } = prepared.value
    const created = await calls.invitations.create({
      id: secrets.key,
      codeHash: secrets.codeHash,
      role,
      lifetimeMs,
      uses,
      welcome: await sealWelcome(welcome, secrets, random),
      ...(again !== undefined && { again }),
    })
    if (!created.ok) return created
    const link = `${options.origin}/${invitationLinkPrefix}${toBase64Url(secret)}`
    return ok({ id: created.value.id, link, expiresAt: created.value.expiresAt })
  }

  return {
    familyName: createValue(family.genesis.familyName),
    myRole,
    trust: createTrust({ family, me: () => me.get().id, keeper }),
    invite: (wish) => invite(wish),

    async inviteAgain(account) {
      if (!mayChange(account)) return fail({ type: 'roleTooLow' })
      const role = roleOf(account) === 'admin' ? 'admin' : 'member'
      return invite({ role, lifetimeMs: accountLimits.invitationMs, uses: 1 }, account)
    },

    async invitations() {
      const listed = await calls.invitations.list()
      return listed.ok ? ok(listed.value.invitations) : listed
    },

    async revokeInvitation(id) {
      const { membership } = family.state.get()
      const key = membership.invitationKeys.find((one) => one === id)
      // One made on the server itself is not the family's: nobody came by it without being let in.
      if (key !== undefined) {
        const stated = await state({ type: 'withdrawal', key, joined: membership.joinedBy(key) })
        if (!stated.ok) return stated
      }
      const revoked = await calls.invitations.revoke(id)
      return revoked.ok ? ok(undefined) : revoked
    },

    async accounts() {
      const listed = await calls.accounts.list()
      return listed.ok ? ok(listed.value.accounts) : listed
    },

    async setRole(account, role) {
      if (!mayChange(account) || !mayActOn(myRole.get(), role)) return fail({ type: 'roleTooLow' })
      const cuts = role === 'admin' ? cutsShown(account) : family.cutsOf(account)
      const stated = await state({ type: 'role', account, role, cuts })
      if (!stated.ok) return stated
      const changed = await calls.accounts.change(account, { role })
      return changed.ok ? ok(undefined) : changed
    },

    async setDisabled(account, isDisabled) {
      const changed = await calls.accounts.change(account, { isDisabled })
      return changed.ok ? ok(undefined) : changed
    },

    async remove(account) {
      if (!mayChange(account)) return fail({ type: 'roleTooLow' })
      if (family.state.get().membership.members.has(account)) {
        const stated = await state({ type: 'removal', account, cuts: family.cutsOf(account) })
        if (!stated.ok) return stated
      }
      const removed = await calls.accounts.remove(account)
      return removed.ok ? ok(undefined) : removed
    },

    async letIn(row) {
      if (!mayActOn(myRole.get(), row.role)) return fail({ type: 'roleTooLow' })
      const role = row.role === 'admin' ? 'admin' : 'member'
      const prepared = await prepare(role, 1, clock.now() + accountLimits.invitationMs)
      if (!prepared.ok) return prepared
      const box = await sealAdmission(row.account, row.certificates ?? [], prepared.value)
      if (!box) return fail({ type: 'boxBroken' })
      const given = await calls.accounts.admit(row.account, { box })
      return given.ok ? ok(undefined) : given
    },

    async overview() {
      return calls.server.overview()
    },
  }
}
