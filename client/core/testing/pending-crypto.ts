import { createHook } from 'node:async_hooks'

/**
 * WebCrypto works on other threads; Node names its jobs SIGNREQUEST, HASHREQUEST, CIPHERREQUEST and so on. Random bytes are
 * such a job too, but one that ends before it returns and never says so.
 */
const isCryptoJob = (type: string): boolean => type.endsWith('REQUEST') && type !== 'RANDOMBYTESREQUEST'

const running = new Set<number>()

const hook = createHook({
  init(id, type) {
    if (isCryptoJob(type)) running.add(id)
  },
  after(id) {
    running.delete(id)
  },
})

/** From here on `hasPendingCrypto` knows of every job begun, so that a test can wait for it without guessing how long. */
export const watchCrypto = (): void => {
  hook.enable()
}

export const hasPendingCrypto = (): boolean => running.size > 0
