import workerUrl from './opaque-worker.ts?worker&url'

/** The part of Trusted Types that is used; TypeScript does not know them yet, and not every browser has them. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string
  }
}

const readTrustedTypes = (): TrustedTypes | undefined =>
  (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes

/** The page's policy knows one name besides Vue's, and through it comes this one address and no other. */
const createScriptUrl = (): string => {
  const types = readTrustedTypes()
  if (!types) return workerUrl
  const policy = types.createPolicy('hearth', {
    createScriptURL(url) {
      if (url !== workerUrl) throw new TypeError('not a script of Hearth')
      return url
    },
  })
  return policy.createScriptURL(workerUrl)
}

let scriptUrl: string | undefined

export const openOpaqueWorker = (): Worker => {
  // A policy of one name can be made once.
  scriptUrl ??= createScriptUrl()
  return new Worker(scriptUrl, { type: 'module', name: 'opaque' })
}
