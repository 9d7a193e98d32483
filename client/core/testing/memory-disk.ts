import { compareKeys } from '../room/timeline-order.ts'
import type {
  FeedHead,
  FeedId,
  FrozenFeed,
  Holding,
  LogId,
  PagePosition,
  PageSummary,
  PageWrite,
  StoredPage,
  TimelineKey,
} from '../ports.ts'

interface DiskPage {
  updates: Uint8Array<ArrayBuffer>[]
  heads: Map<FeedId, FeedHead>
  messageCount: number
  missed: readonly PagePosition[]
  hasPins: boolean
  frozen: readonly FrozenFeed[]
  dropped: readonly Uint8Array<ArrayBuffer>[]
  lostRows: number
  hasLostHeads: boolean
  isDamaged: boolean
}

interface DiskLog {
  pages: Map<number, DiskPage>
  timeline: Map<string, TimelineKey>
  holders: Map<string, Holding>
}

const emptyPage = (): DiskPage => ({
  updates: [],
  heads: new Map(),
  messageCount: 0,
  missed: [],
  hasPins: false,
  frozen: [],
  dropped: [],
  lostRows: 0,
  hasLostHeads: false,
  isDamaged: false,
})

const copyHead = (head: FeedHead): FeedHead => ({ ...head, hash: head.hash.slice() })

const copyFrozen = (frozen: FrozenFeed): FrozenFeed => ({
  ...frozen,
  hash: frozen.hash.slice(),
  proof: frozen.proof.slice(),
})

const forgetHolders = ({ holders }: DiskLog, page: number): void => {
  for (const [key, holding] of holders) if (holding.page === page) holders.delete(key)
}

/** What stays when a memory store crashes. Copies on the way in and out, as a disk does. */
export const createMemoryDisk = () => {
  const logs = new Map<LogId, DiskLog>()
  const logOf = (id: LogId): DiskLog => {
    const log: DiskLog = logs.get(id) ?? { pages: new Map(), timeline: new Map(), holders: new Map() }
    logs.set(id, log)
    return log
  }

  return {
    /** Every byte of every update it holds: for a test that looks for what should be gone. */
    bytes: (): Uint8Array[] =>
      [...logs.values()].flatMap((log) => [...log.pages.values()].flatMap((page) => page.updates)),

    write(write: PageWrite): void {
      const log = logOf(write.log)
      const page = log.pages.get(write.page) ?? emptyPage()
      if (write.isWhole) {
        page.updates = []
        page.lostRows = 0
        page.isDamaged = false
      }
      page.isDamaged ||= write.isDamaged === true
      page.hasLostHeads = false
      page.updates.push(write.update.slice())
      for (const head of write.heads) page.heads.set(head.feed, copyHead(head))
      page.messageCount = write.messageCount
      page.hasPins ||= write.hasPins === true
      page.missed = (write.missed ?? []).map((position) => ({ ...position }))
      page.frozen = (write.frozen ?? []).map(copyFrozen)
      if (write.forgetsHolders) forgetHolders(log, write.page)
      log.pages.set(write.page, page)
      for (const { ms, counter, feed, page: onPage, seq } of write.timeline) {
        const key = { ms, counter, feed, page: onPage, seq }
        log.timeline.set(JSON.stringify(key), key)
      }
      for (const { ms, counter, feed, page: onPage, seq } of write.gone ?? [])
        log.timeline.delete(JSON.stringify({ ms, counter, feed, page: onPage, seq }))
    },

    dropPage(id: LogId, page: number, digests: readonly Uint8Array<ArrayBuffer>[]): void {
      const log = logOf(id)
      log.pages.set(page, { ...emptyPage(), dropped: digests.map((digest) => digest.slice()) })
      forgetHolders(log, page)
    },

    loadPage(log: LogId, page: number): StoredPage | undefined {
      const found = logs.get(log)?.pages.get(page)
      if (!found || found.updates.length + found.lostRows === 0) return undefined
      const { lostRows, hasLostHeads, isDamaged } = found
      return {
        updates: found.updates.map((update) => update.slice()),
        heads: [...found.heads.values()].map(copyHead),
        messageCount: found.messageCount,
        missed: found.missed.map((position) => ({ ...position })),
        frozen: found.frozen.map(copyFrozen),
        damagedRows: lostRows + Number(hasLostHeads) + Number(isDamaged),
        ...(isDamaged && { isNotedDamaged: true }),
      }
    },

    /** One of the updates of a page cannot be read any more. */
    loseRow(log: LogId, page: number, row: number): void {
      const found = logOf(log).pages.get(page)
      if (found) found.lostRows += found.updates.splice(row, 1).length
    },
    /** What is known of a page beside its updates cannot be read any more. */
    loseHeads(log: LogId, page: number): void {
      const found = logOf(log).pages.get(page)
      if (!found) return
      found.heads.clear()
      found.hasLostHeads = true
    },

    summaries(): ReadonlyMap<LogId, PageSummary[]> {
      const summaries = new Map<LogId, PageSummary[]>()
      for (const [id, log] of logs) {
        const known = [...log.pages].filter(([, { hasLostHeads }]) => !hasLostHeads)
        if (known.length === 0) continue
        const pages = known.map(([page, { messageCount, heads, missed, hasPins, frozen, dropped }]) => ({
          page,
          messageCount,
          lengths: new Map([...heads.values()].map(({ feed, length }) => [feed, length])),
          hashes: new Map([...heads.values()].map(({ feed, hash }) => [feed, hash.slice()])),
          frozen: frozen.map(copyFrozen),
          missed: missed.length,
          hasPins,
          dropped,
        }))
        summaries.set(
          id,
          pages.sort((a, b) => a.page - b.page),
        )
      }
      return summaries
    },

    readTimeline(
      log: LogId,
      { before, limit }: { before?: TimelineKey | undefined; limit: number },
    ): TimelineKey[] {
      return [...(logs.get(log)?.timeline.values() ?? [])]
        .filter((key) => !before || compareKeys(key, before) < 0)
        .sort((a, b) => compareKeys(b, a))
        .slice(0, limit)
        .map((key) => ({ ...key }))
    },

    saveHolder(holding: Holding): void {
      const { holders } = logOf(holding.log)
      const key = `${holding.page} ${holding.holder}`
      const { length } = holders.get(key) ?? { length: 0 }
      holders.set(key, { ...holding, length: Math.max(length, holding.length) })
    },

    readHolders(log: LogId): Holding[] {
      return [...(logs.get(log)?.holders.values() ?? [])].map((holding) => ({ ...holding }))
    },
  }
}

export type MemoryDisk = ReturnType<typeof createMemoryDisk>
