import workerUrl from './search-worker.ts?worker&url'

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

/** Through the policy of this name comes this one address and no other. */
const createScriptUrl = (): string => {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  if (!types) return workerUrl
  const createScriptURL = (url: string) => {
    if (url !== workerUrl) throw new TypeError('not the search of Hearth')
    return url
  }
  return types.createPolicy('hearth-search', { createScriptURL }).createScriptURL(workerUrl)
}

let scriptUrl: string | undefined

export const openSearchWorker = (): Worker => {
  // A policy of one name can be made once.
  scriptUrl ??= createScriptUrl()
  return new Worker(scriptUrl, { type: 'module', name: 'search' })
}
