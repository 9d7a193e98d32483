/** As much of the browser's caches as the shell needs, in the order in which they were made. */
export const createMemoryCaches = () => {
  const stored = new Map<string, Map<string, Response>>()
  const match = (path: string, { cacheName }: MultiCacheQueryOptions = {}) => {
    const names = cacheName === undefined ? [...stored.keys()] : [cacheName]
    const found = names.flatMap((name) => stored.get(name)?.get(path) ?? [])[0]
    return Promise.resolve(found?.clone())
  }
  const open = (name: string) => {
    const cache = stored.get(name) ?? new Map<string, Response>()
    stored.set(name, cache)
    return Promise.resolve({
      put: (path: string, response: Response) => Promise.resolve(void cache.set(path, response)),
    })
  }
  const caches = {
    open,
    match,
    keys: () => Promise.resolve([...stored.keys()]),
    delete: (name: string) => Promise.resolve(stored.delete(name)),
  } as unknown as CacheStorage
  return { caches, stored }
}
