import { createHmac } from 'node:crypto'
import type { Passkeys } from '../passkey.ts'

export interface FakePasskeys extends Passkeys {
  /** The next time the person is asked, they say no. */
  refuseNext(): void
  /** How often somebody was asked. */
  readonly asked: number
}

/** One person's passkeys: each credential gives the same answer to the same salt. */
export const createFakePasskeys = (): FakePasskeys => {
  let made = 0
  let asked = 0
  let refuses = false
  const ask: Passkeys['ask'] = (credential, salt) => {
    asked++
    const isRefused = refuses
    refuses = false
    const answer = new Uint8Array(createHmac('sha256', credential).update(salt).digest())
    return Promise.resolve(isRefused ? undefined : answer)
  }
  return {
    canBeUsed: () => Promise.resolve(true),
    ask,
    async create(salt) {
      const credential = new Uint8Array(20).fill(++made)
      const answer = await ask(credential, salt)
      return answer && { credential, answer }
    },
    refuseNext() {
      refuses = true
    },
    get asked() {
      return asked
    },
  }
}
