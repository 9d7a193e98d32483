import type { AccountProblem } from '../core/account/account-problem.ts'
import type { AppLock, LockedDoor } from '../core/account/my-account.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import { accountLimits } from '../../shared/limits.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Passkeys } from './passkey.ts'
import { derivePasskeyKey, stretchPassphrase, unwrapLock, wrapLock, type LockRow } from './vault-lock.ts'
import type { LockableVault } from './vault.ts'

export interface AppLockOptions {
  vault: LockableVault
  passkeys: Passkeys
  /** Only for tests, which have no time for the real one. */
  stretch?: typeof stretchPassphrase
}

export interface StoredLock {
  lock: AppLock
  /** What to show while the vault is `locked`. `onOpened` runs once it can be read. */
  door(onOpened: () => void): LockedDoor
}

type Outcome<Value = void> = Result<Value, AccountProblem>

const randomBytes = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count))

const checkPassphrase = (passphrase: string): Outcome => {
  const { minPasswordChars, maxPasswordChars } = accountLimits
  const length = Array.from(passphrase.normalize('NFKC')).length
  if (length < minPasswordChars) return fail({ type: 'passwordTooShort', limit: minPasswordChars })
  if (length > maxPasswordChars) return fail({ type: 'passwordTooLong', limit: maxPasswordChars })
  return ok(undefined)
}

/** I5: the optional lock on this device's keys, by a passphrase, a passkey, or either of both. */
export const createAppLock = ({
  vault,
  passkeys,
  stretch = stretchPassphrase,
}: AppLockOptions): StoredLock => {
  const byPassphrase = async (row: LockRow, passphrase: string): Promise<Outcome<Bytes>> => {
    if (!row.passphrase) return fail({ type: 'wrongPassphrase' })
    const key = await stretch(passphrase, row.passphrase.salt)
    const secret = await unwrapLock(row.stamp, 'passphrase', row.passphrase, key)
    return secret ? ok(secret) : fail({ type: 'wrongPassphrase' })
  }

  const byPasskey = async (row: LockRow): Promise<Outcome<Bytes>> => {
    if (!row.passkey) return fail({ type: 'passkeyFailed' })
    const answer = await passkeys.ask(row.passkey.credential, row.passkey.salt)
    if (!answer) return fail({ type: 'passkeyFailed' })
    const secret = await unwrapLock(row.stamp, 'passkey', row.passkey, await derivePasskeyKey(answer))
    return secret ? ok(secret) : fail({ type: 'passkeyFailed' })
  }

  /** Opens the vault by what `find` makes of the lock. Without a lock there is nothing to open. */
  const open = async (find: (row: LockRow) => Promise<Outcome<Bytes>>): Promise<Outcome> => {
    const row = await vault.readLock()
    if (!row.ok) return row
    if (!row.value) return ok(undefined)
    const secret = await find(row.value)
    return secret.ok ? vault.unlock(secret.value) : secret
  }

  const lock: AppLock = {
    state: vault.lockWays,
    canUsePasskey: () => passkeys.canBeUsed(),

    async setPassphrase(passphrase) {
      const checked = checkPassphrase(passphrase)
      if (!checked.ok) return checked
      const salt = randomBytes(16)
      const key = await stretch(passphrase, salt)
      return vault.setWay(async (made) => ({
        passphrase: { ...(await wrapLock(made, key, 'passphrase')), salt },
      }))
    },

    async addPasskey() {
      const salt = randomBytes(32)
      const made = await passkeys.create(salt)
      if (!made) return fail({ type: 'passkeyFailed' })
      const key = await derivePasskeyKey(made.answer)
      return vault.setWay(async (opened) => ({
        passkey: { ...(await wrapLock(opened, key, 'passkey')), salt, credential: made.credential },
      }))
    },

    async remove(passphrase) {
      const proven = await open((row) =>
        passphrase !== undefined || !row.passkey ? byPassphrase(row, passphrase ?? '') : byPasskey(row),
      )
      return proven.ok ? vault.removeLock() : proven
    },
  }

  const door = (onOpened: () => void): LockedDoor => {
    const { hasPassphrase, hasPasskey } = vault.lockWays.get()
    const enter = async (find: (row: LockRow) => Promise<Outcome<Bytes>>): Promise<Outcome> => {
      const entered = await open(find)
      if (entered.ok) onOpened()
      return entered
    }
    return {
      hasPassphrase,
      hasPasskey,
      unlock: (passphrase) => enter((row) => byPassphrase(row, passphrase)),
      unlockByPasskey: () => enter(byPasskey),
    }
  }

  return { lock, door }
}
