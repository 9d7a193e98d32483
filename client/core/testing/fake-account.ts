import type { DeviceId } from '../../../shared/identifiers.ts'
import { accountLimits, nameLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { AccountProblem } from '../account/account-problem.ts'
import type { AddressHiding, AppLock, MyAccount, MyDevice, ProfileChange } from '../account/my-account.ts'
import { createValue, type MutableValue } from '../value.ts'
import { fakeDeviceId } from './fake-family.ts'

/** The password and the passphrase of everybody who is invented. */
export const fakePassword = 'correct horse'
export const fakeLinkingLink = 'https://hearth.example/#link/fake'

export const fakeWords: readonly string[] =
  'abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress art'.split(
    ' ',
  )

export const fakeDevices = (nowMs: number): MyDevice[] => {
  const minute = 60_000
  const device = (name: string, seenMinutesAgo: number, is: Partial<MyDevice> = {}): MyDevice => ({
    device: fakeDeviceId(name),
    name,
    isThisOne: false,
    createdAt: nowMs - 90 * 24 * 60 * minute,
    lastSeenAt: nowMs - seenMinutesAgo * minute,
    isConnected: false,
    isSignedIn: true,
    ...is,
  })
  return [
    device('Firefox on Linux', 0, { isThisOne: true, isConnected: true }),
    device('Chrome on Android', 3, { isConnected: true }),
    device('Safari on the old iPad', 26 * 60),
    device('Chrome on Windows', 60 * 24 * 60, { isSignedIn: false }),
  ]
}

export interface FakeAccount extends MyAccount {
  readonly phrase: MutableValue<'kept' | 'notYet'>
  readonly addressHiding: AddressHiding & { hasRelay: MutableValue<boolean | undefined> }
  readonly lock: AppLock & { state: MutableValue<{ hasPassphrase: boolean; hasPasskey: boolean }> }
}

export const createFakeAccount = (options: {
  name: string
  devices: MyDevice[]
  phrase?: 'kept' | 'notYet'
  lock?: { hasPassphrase: boolean; hasPasskey: boolean }
  address?: { isHidden: boolean; hasRelay: boolean }
  canUsePasskey?: boolean
  /** What everything fails with, to see the words for it. */
  problem?: AccountProblem
  onProfile?: (change: ProfileChange) => void
  onSignOut?: () => void
}): FakeAccount => {
  const { problem } = options
  let devices = options.devices
  let password = fakePassword
  let passphrase = options.lock?.hasPassphrase ? fakePassword : undefined
  const loginName = createValue(options.name)
  const phrase = createValue(options.phrase ?? 'kept')
  const isHidden = createValue(options.address?.isHidden ?? false)
  const hasRelay = createValue<boolean | undefined>(options.address?.hasRelay ?? true)
  const lockState = createValue(options.lock ?? { hasPassphrase: false, hasPasskey: false })

  const answer = <Value>(
    value: () => Value,
    wrong?: AccountProblem,
  ): Promise<Result<Value, AccountProblem>> => {
    const why = problem ?? wrong
    return Promise.resolve(why ? fail(why) : ok(value()))
  }
  const checkPassword = (given: string): AccountProblem | undefined =>
    given === password ? undefined : { type: 'wrongLogin' }
  const checkNew = (given: string): AccountProblem | undefined =>
    given.length < accountLimits.minPasswordChars
      ? { type: 'passwordTooShort', limit: accountLimits.minPasswordChars }
      : undefined
  const checkName = (name: string | undefined): AccountProblem | undefined => {
    if (name === undefined) return undefined
    if (name.trim() === '') return { type: 'nameEmpty' }
    if (name === 'Bob') return { type: 'nameTaken' }
    const limit = nameLimits.maxPersonName
    return name.length > limit ? { type: 'nameTooLong', limit } : undefined
  }
  const revoke = (device: DeviceId) => void (devices = devices.filter((row) => row.device !== device))

  return {
    loginName,
    phrase,
    changeProfile: (change) =>
      answer(() => {
        if (change.name !== undefined) loginName.set(change.name)
        options.onProfile?.(change)
      }, checkName(change.name)),
    changePassword: (oldPassword, newPassword) =>
      answer(() => void (password = newPassword), checkPassword(oldPassword) ?? checkNew(newPassword)),
    readPhrase: (given) => answer(() => fakeWords, checkPassword(given)),
    keptPhrase: () => phrase.set('kept'),
    devices: () => answer(() => devices),
    revokeDevice: (device, given) => answer(() => revoke(device), checkPassword(given)),
    readLinking: (link) =>
      answer(
        () => ({
          deviceName: 'Safari on iPhone',
          checkDigits: '482913',
          approve: (given) => answer(() => undefined, checkPassword(given)),
        }),
        link === fakeLinkingLink ? undefined : { type: 'brokenLink' },
      ),
    signOut: () => Promise.resolve(options.onSignOut?.()),
    addressHiding: {
      isHidden,
      hasRelay,
      lookForRelay: () => undefined,
      setHidden: isHidden.set,
    },
    lock: {
      state: lockState,
      canUsePasskey: () => Promise.resolve(options.canUsePasskey ?? true),
      setPassphrase: (given) =>
        answer(() => {
          passphrase = given
          lockState.set({ ...lockState.get(), hasPassphrase: true })
        }, checkNew(given)),
      addPasskey: () => answer(() => lockState.set({ ...lockState.get(), hasPasskey: true })),
      remove: (given) =>
        answer(
          () => lockState.set({ hasPassphrase: false, hasPasskey: false }),
          given === passphrase ? undefined : { type: 'wrongPassphrase' },
        ),
    },
  }
}
