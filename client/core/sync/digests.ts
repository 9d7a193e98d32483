import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { digestLog, digestPage, digestRoot } from '../log/digest.ts'
import type { Logs } from '../log/logs.ts'
import type { LogId } from '../ports.ts'

/** Digests of what this device holds, counted again only where something came (Y2). */
export interface Digests {
  /** Of the logs that `isShared` lets through: what one device may compare with another (Y1). */
  root(isShared: IsShared): Promise<Bytes>
  logs(isShared: IsShared): Promise<ReadonlyMap<LogId, Bytes>>
  pages(log: LogId): Promise<ReadonlyMap<number, Bytes>>
  close(): void
}

export type IsShared = (log: LogId) => boolean

export const createDigests = (logs: Logs): Digests => {
  const pageDigests = new Map<LogId, Map<number, Promise<Bytes>>>()
  const logDigests = new Map<LogId, Promise<Bytes>>()

  const pages = async (log: LogId): Promise<ReadonlyMap<number, Bytes>> => {
    const cached = pageDigests.get(log) ?? new Map<number, Promise<Bytes>>()
    pageDigests.set(log, cached)
    const digests = new Map<number, Bytes>()
    for (const page of logs.lengths().get(log)?.keys() ?? []) {
      const digest = cached.get(page) ?? digestPage(logs.standings(log, page), logs.missingMark(log, page))
      cached.set(page, digest)
      digests.set(page, await digest)
    }
    return digests
  }

  const shared = async (isShared: IsShared): Promise<ReadonlyMap<LogId, Bytes>> => {
    const digests = new Map<LogId, Bytes>()
    for (const log of [...logs.lengths().keys()].filter(isShared)) {
      const digest = logDigests.get(log) ?? pages(log).then(digestLog)
      logDigests.set(log, digest)
      digests.set(log, await digest)
    }
    return digests
  }

  // At once: what is said to be compared alike is what stands there now (Y4).
  const close = logs.onStandings((log, page) => {
    pageDigests.get(log)?.delete(page)
    logDigests.delete(log)
  })

  return {
    pages,
    logs: shared,
    root: async (isShared) => digestRoot(await shared(isShared)),
    close,
  }
}
