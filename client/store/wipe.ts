import type { Clock } from '../core/ports.ts'
import { storeLimits } from '../../shared/limits.ts'

export interface WipeOptions {
  databases: IDBFactory
  /** localStorage and sessionStorage, where the browser lets us have them. */
  storages: readonly (Storage | undefined)[]
  caches: CacheStorage | undefined
  /** The service worker, which would fill the caches again. */
  workers: Pick<ServiceWorkerContainer, 'getRegistrations'> | undefined
  clock: Clock
}

/** Everything of Hearth's that a browser keeps has a name that begins so. */
const prefix = 'hearth'

/** Firefox before 126 cannot list them: then those that always bear the same name. */
const namesOf = async (databases: IDBFactory): Promise<string[]> => {
  if (!('databases' in databases)) return ['hearth', 'hearth-fresh-log']
  const listed = await databases.databases()
  return listed.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []))
}

/** Whoever has it open is asked to let go (`versionchange`), and every tab of Hearth does. Until then the request waits. */
const deleteDatabase = (databases: IDBFactory, name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = databases.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error ?? new DOMException('not deleted', 'UnknownError'))
  })

const clearStorage = (storage: Storage): void => {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
  for (const key of keys) if (key?.startsWith(prefix)) storage.removeItem(key)
}

const clearCaches = async (caches: CacheStorage): Promise<void> => {
  const names = await caches.keys()
  await Promise.all(names.map((name) => caches.delete(name)))
}

/** First the worker, which may be filling one. */
const forgetApp = async ({ workers, caches }: Pick<WipeOptions, 'workers' | 'caches'>): Promise<void> => {
  const registrations = (await workers?.getRegistrations()) ?? []
  await Promise.all(registrations.map((registration) => registration.unregister()))
  if (caches) await clearCaches(caches)
}

/** 'partly' where something would not go, or not in time; what waits still goes when the tab that holds it closes. */
const settle = (work: Promise<unknown>, clock: Clock): Promise<'wiped' | 'partly'> =>
  new Promise((resolve) => {
    const timer = clock.setTimer(() => resolve('partly'), storeLimits.wipeWaitMs)
    const end = (outcome: 'wiped' | 'partly') => () => {
      clock.clearTimer(timer)
      resolve(outcome)
    }
    work.then(end('wiped'), end('partly'))
  })

/**
 * Takes leave of this browser: its databases, what it remembers of having been here included, small settings, caches and the worker. Close one's
 * own databases first. Afterwards it is as one where nobody has ever been.
 */
export const wipeBrowser = ({
  databases,
  storages,
  caches,
  workers,
  clock,
}: WipeOptions): Promise<'wiped' | 'partly'> => {
  for (const storage of storages) if (storage) clearStorage(storage)
  const deleteAll = async () => {
    const names = await namesOf(databases)
    const outcomes = await Promise.allSettled(names.map((name) => deleteDatabase(databases, name)))
    if (outcomes.some(({ status }) => status === 'rejected')) throw new Error('a database stayed')
  }
  return settle(Promise.all([deleteAll(), forgetApp({ workers, caches })]), clock)
}

/** Naming the storage throws where the browser forbids it. */
const storageOrNone = (read: () => Storage): Storage | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** `wipeBrowser` of the browser this runs in. */
export const wipeThisBrowser = (clock: Clock): Promise<'wiped' | 'partly'> =>
  wipeBrowser({
    databases: indexedDB,
    storages: [storageOrNone(() => localStorage), storageOrNone(() => sessionStorage)],
    caches: 'caches' in globalThis ? caches : undefined,
    workers: 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
    clock,
  })
