import { makeRevocation } from '../../../shared/certificate.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { profileLimits } from '../../../shared/limits.ts'
import { parsePersonName, parseStatus } from '../../../shared/names.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Family } from '../group/family.ts'
import { revocationStatement } from '../group/statements.ts'
import { publicKeyOf } from '../identity/device.ts'
import { entryKinds } from '../log/entry.ts'
import { createValue } from '../value.ts'
import type { AccountProblem } from './account-problem.ts'
import { checkPassword, type AccountTools } from './account-tools.ts'
import { approveLinking, checkDigitsOf, readLinkingLink } from './linking.ts'
import type { AddressHiding, AppLock, MyAccount, ProfileChange } from './my-account.ts'
import { setPassword, unlockWithPassword, type Unlocked } from './passwords.ts'
import type { MembershipRecord } from './membership-record.ts'
import { phraseState } from './phrase-state.ts'
import type { VaultKeeper } from './vault-keeper.ts'

export interface MyAccountOptions {
  tools: AccountTools
  family: Family
  account: AccountId
  keeper: VaultKeeper
  lock: AppLock
  addressHiding: AddressHiding
  /** The family document, for a device that is linked. */
  snapshot(): Bytes
  /** Ends the session where there is a server, and wipes this browser. */
  signOut(): Promise<void>
}

type Outcome<Done = void> = Promise<Result<Done, AccountProblem>>

export const createMyAccount = (options: MyAccountOptions): MyAccount => {
  const { tools, family, account, keeper } = options
  const { calls, device, clock } = tools
  const loginName = createValue(keeper.record.get().loginName)
  keeper.record.subscribe((record) => loginName.set(record.loginName))

  /** The password opens the seed, and it must be this account's: a server could answer for another's name. */
  const unlock = async (password: string): Outcome<Unlocked> => {
    const unlocked = await unlockWithPassword(tools, keeper.record.get().loginName, password)
    if (unlocked.ok && unlocked.value.account !== account) return fail({ type: 'boxBroken' })
    return unlocked
  }

  /** What another device of this account begins with: also the keys that came after this one began (G3). */
  const recordForDevice = async (): Promise<MembershipRecord> => {
    const record = keeper.record.get()
    if (!record.family) return record
    return { ...record, family: { ...record.family, epochs: await family.keys.secrets() } }
  }

  const changeProfile = async (change: ProfileChange): Outcome => {
    const now = family.state.get().profiles.get(account)
    const name = parsePersonName(change.name ?? now?.givenName ?? keeper.record.get().loginName)
    if (!name.ok) return name
    const status = parseStatus(change.status ?? now?.status ?? '')
    if (!status.ok) return status
    const picture = change.picture === undefined ? now?.picture : (change.picture ?? undefined)
    if (picture && picture.length > profileLimits.maxPictureBytes) return fail({ type: 'pictureTooLarge' })
    // Only a name that people chose anew changes the one to sign in with: the server says whether it is free.
    if (name.value !== (now?.givenName ?? name.value)) {
      const renamed = await calls.account.rename({ name: name.value })
      if (!renamed.ok) return renamed
      const kept = await keeper.changeRecord({ loginName: renamed.value.name })
      if (!kept.ok) return kept
    }
    return family.write({
      kind: entryKinds.profile,
      name: name.value,
      status: status.value,
      picture: picture ?? new Uint8Array(0),
    })
  }

  const revokeDevice = async (revoked: DeviceId, password: string): Outcome => {
    const unlocked = await unlock(password)
    if (!unlocked.ok) return unlocked
    const deviceKey = publicKeyOf(revoked)
    if (!deviceKey) return fail({ type: 'notFound' })
    const { keys } = unlocked.value
    const accepted = family.cutsOf(account).find((cut) => cut.device === revoked)?.length ?? 0
    const revocation = await makeRevocation(keys.sign, {
      identityKey: keys.identity.key,
      deviceKey,
      at: clock.now(),
      accepted,
    })
    // The family first: should the server not be reached, the others refuse the device all the same.
    const told = await family.write({
      kind: entryKinds.statement,
      statement: revocationStatement(revocation),
    })
    if (!told.ok) return told
    const ended = await calls.account.revokeDevice(revoked, { revocation: toBase64Url(revocation) })
    return ended.ok ? ok(undefined) : ended
  }

  return {
    loginName,
    phrase: phraseState(keeper),
    changeProfile,
    revokeDevice,
    lock: options.lock,
    addressHiding: options.addressHiding,
    signOut: options.signOut,
    keptPhrase: () => void keeper.changeNotes((notes) => ({ ...notes, hasKeptPhrase: true })),

    async changePassword(oldPassword, newPassword) {
      const fine = checkPassword(newPassword)
      if (!fine.ok) return fine
      const unlocked = await unlock(oldPassword)
      if (!unlocked.ok) return unlocked
      const { seed, ticket } = unlocked.value
      return setPassword(tools, { seed, ticket, password: newPassword })
    },

    async readPhrase(password) {
      const unlocked = await unlock(password)
      if (!unlocked.ok) return unlocked
      const { phraseOf } = await import('../identity/phrase.ts')
      return ok(phraseOf(unlocked.value.seed))
    },

    async devices() {
      const listed = await calls.account.devices()
      if (!listed.ok) return listed
      return ok(listed.value.devices.map((row) => ({ ...row, isThisOne: row.device === device.id })))
    },

    async readLinking(link) {
      const keys = readLinkingLink(link)
      if (!keys) return fail({ type: 'brokenLink' })
      return ok({
        deviceName: keys.deviceName,
        checkDigits: await checkDigitsOf(keys),
        approve: async (password) =>
          approveLinking(tools, keys, {
            record: await recordForDevice(),
            account,
            password,
            snapshot: options.snapshot(),
          }),
      })
    },
  }
}
