/** A file of the app, as the build lists it. Without a revision its name has a hash of what is in it. */
export interface ShellPart {
  url: string
  revision: string | null
}

export interface ShellCachesOptions {
  caches: CacheStorage
  fetch: (path: string, options: RequestInit) => Promise<Response>
  /** Of this build. */
  parts: readonly ShellPart[]
}

export interface ShellCaches {
  /** Fetches all of the app, or rejects and leaves nothing behind. What another Hearth here has already is taken from there. */
  fill(): Promise<void>
  /** This Hearth serves from now on: what was kept for others goes, but for the last that served, whose tabs may still be open. */
  takeOver(): Promise<void>
  page(): Promise<Response | undefined>
  /** A file of this Hearth or, for a tab that still runs it, of the one before. */
  part(path: string): Promise<Response | undefined>
}

const prefix = 'hearth-shell-'
const pagePath = '/index.html'
/** In a cache whose Hearth has served pages, and did not just wait for its turn. */
const servedMark = '/hearth-has-served'
/** Enough to be quick, and few enough to leave the page its line. */
const maxAtOnce = 4

export const pathOf = ({ url }: ShellPart): string => `/${url}`

/** The same for the same files: a Hearth that did not change is not kept twice. */
const nameFor = async (parts: readonly ShellPart[]): Promise<string> => {
  const text = parts
    .map(({ url, revision }) => `${url} ${revision ?? ''}`)
    .sort()
    .join('\n')
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return prefix + Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The app on the device, a cache for each Hearth, so that no tab ever gets half of one and half of another. */
export const createShellCaches = ({ caches, fetch, parts }: ShellCachesOptions): ShellCaches => {
  const name = nameFor(parts)

  const bring = async (part: ShellPart): Promise<Response> => {
    const path = pathOf(part)
    const kept = part.revision === null ? await caches.match(path) : undefined
    if (kept) return kept
    const fetched = await fetch(path, { cache: part.revision === null ? 'default' : 'reload' })
    // Where plain HTTP leads to /trust there is nothing to keep; a page may not be answered with what was redirected either.
    if (!fetched.ok || fetched.redirected) throw new Error(`${path} did not come: ${fetched.status}`)
    return fetched
  }

  const othersThatServed = async (): Promise<string[]> => {
    const served: string[] = []
    for (const other of await caches.keys()) {
      if (!other.startsWith(prefix) || other === (await name)) continue
      if (await caches.match(servedMark, { cacheName: other })) served.push(other)
    }
    return served
  }

  return {
    async fill() {
      const cache = await caches.open(await name)
      const left = [...parts]
      const work = async (): Promise<void> => {
        for (let part = left.pop(); part; part = left.pop()) await cache.put(pathOf(part), await bring(part))
      }
      try {
        await Promise.all(Array.from({ length: maxAtOnce }, work))
      } catch (error) {
        left.length = 0
        // The same files with another worker: they serve already.
        const serves = await caches.match(servedMark, { cacheName: await name })
        if (!serves) await caches.delete(await name)
        throw error
      }
    },
    async takeOver() {
      // In the order in which they were made.
      const before = (await othersThatServed()).at(-1)
      for (const other of await caches.keys()) {
        if (other.startsWith(prefix) && other !== (await name) && other !== before) await caches.delete(other)
      }
      await (await caches.open(await name)).put(servedMark, new Response(null))
    },
    page: async () => caches.match(pagePath, { cacheName: await name }),
    part: async (path) => (await caches.match(path, { cacheName: await name })) ?? caches.match(path),
  }
}
