import { sha256 } from '../../../shared/crypto/sha256.ts'
import { logLimits, retentionLimits } from '../../../shared/limits.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Device } from '../identity/device.ts'
import type { LogId, LogStore, PagePosition, StoreProblem, TimelineKey } from '../ports.ts'
import type { Committing, OpenPage } from './committing.ts'
import { digestPage } from './digest.ts'
import { encodeEraseBody, type EraseTarget } from './erase-body.ts'
import { entryKinds, isErasableKind, type EntryKind } from './entry.ts'
import type { HybridClock } from './hybrid-clock.ts'
import type { LogGroup } from './log-group.ts'
import type { OpenPages } from './open-pages.ts'
import { planErasing } from './page-change.ts'
import type { PageLengths } from './page-lengths.ts'

/** Where an entry of a log stands. */
export interface PlacedPosition extends PagePosition {
  page: number
}

export type EraseProblem = StoreProblem | { type: 'mayNotErase' }

/** What of a log goes: because somebody wants it gone (P4), or because its time is over (P8). */
export interface Keeping {
  erase(log: LogId, positions: readonly PlacedPosition[]): Promise<Result<void, EraseProblem>>
  sweep(log: LogId): Promise<void>
}

export interface KeepingOptions extends Pick<Committing, 'commit' | 'fatesOf' | 'tellErased'> {
  device: Device
  store: LogStore
  time: Pick<HybridClock, 'now'>
  groupOf(log: LogId): LogGroup | undefined
  inOrder<Value>(log: LogId, task: () => Promise<Value>): Promise<Value>
  openPage(log: LogId, number: number): Promise<OpenPage | undefined>
  pages: Pick<OpenPages, 'forget'>
  lengths: PageLengths
  write(at: OpenPage, entry: { kind: EntryKind; body: Bytes }): Promise<Result<void, StoreProblem>>
}

export const createKeeping = (options: KeepingOptions): Keeping => {
  const { device, store, time, groupOf, inOrder, openPage, lengths, commit, fatesOf } = options

  const eraseOnPage = (
    log: LogId,
    number: number,
    positions: readonly PagePosition[],
  ): Promise<Result<void, EraseProblem>> =>
    inOrder(log, async () => {
      const at = await openPage(log, number)
      if (!at || at.page.isDamaged) return fail({ type: 'storeFailed', detail: 'no page to write on' })
      const { page, group } = at
      const targets: EraseTarget[] = []
      for (const { feed, seq } of positions.slice(0, logLimits.maxEraseTargets)) {
        const entry = page.read(feed, seq)
        if (!entry || entry.bodyHash || !isErasableKind(entry.kind)) continue // gone already
        if (group.rules.mayErase?.(device.id, entry.device) !== 'yes') return fail({ type: 'mayNotErase' })
        targets.push({ feed, seq, bodyHash: await sha256(entry.body) })
      }
      if (targets.length === 0) return ok(undefined)
      return options.write(at, { kind: entryKinds.erase, body: encodeEraseBody(targets) })
    })

  /** What the index has from before `until`, page by page. */
  const readOld = async (log: LogId, until: number): Promise<Map<number, TimelineKey[]>> => {
    const byPage = new Map<number, TimelineKey[]>()
    let before: TimelineKey = { ms: until, counter: 0, feed: 0, page: 0, seq: 0 }
    for (;;) {
      const keys = await store.readTimeline(log, { before, limit: retentionLimits.sweepRows })
      for (const key of keys) byPage.set(key.page, [...(byPage.get(key.page) ?? []), key])
      const last = keys.at(-1)
      if (!last || keys.length < retentionLimits.sweepRows) return byPage
      before = last
    }
  }

  const erasePast = (log: LogId, number: number, keys: readonly TimelineKey[]): Promise<void> =>
    inOrder(log, async () => {
      const at = await openPage(log, number)
      if (!at) return
      const { page } = at
      const fates = fatesOf(at.group, number)
      // The index has the time at which an entry came where its author's clock was ahead: such a one is not over yet.
      const over = keys.flatMap((key) => {
        const entry = page.read(key.feed, key.seq)
        return entry && !fates.isOver(entry) ? [] : [{ key, entry }]
      })
      const whole = over.flatMap(({ entry }) =>
        entry && !entry.bodyHash && isErasableKind(entry.kind) ? [entry] : [],
      )
      // Should the disk be full, the next sweep tries again.
      if (over.length > 0)
        await commit(at, await planErasing(page, whole), { gone: over.map(({ key }) => key) })
    })

  /** What is about others has no row in the index. */
  const eraseAboutPast = (log: LogId, number: number): Promise<void> =>
    inOrder(log, async () => {
      const at = await openPage(log, number)
      if (!at || at.page.about.length === 0) return
      const fates = fatesOf(at.group, number)
      const over = at.page.about.flatMap(({ feed, seq }) => {
        const entry = at.page.read(feed, seq)
        return entry && !entry.bodyHash && fates.isOver(entry) ? [entry] : []
      })
      if (over.length > 0) await commit(at, await planErasing(at.page, over), { gone: [] })
    })

  /** P8: a page all of whose entries are over, and that is not the newest, is dropped whole. */
  const dropIfOver = (log: LogId, number: number): Promise<void> =>
    inOrder(log, async () => {
      const state = lengths.all.get(log)?.get(number)
      const at = state && number < lengths.highestPage(log) ? await openPage(log, number) : undefined
      if (!at || !state) return
      const fates = fatesOf(at.group, number)
      for (const entry of at.page.entries())
        if (!fates.isOver(entry) || (!entry.bodyHash && isErasableKind(entry.kind))) return
      const digests = [await digestPage(lengths.standings(log, number)), ...lengths.droppedOf(log, number)]
      const kept = digests.slice(0, retentionLimits.maxDroppedDigests)
      const dropped = await store.dropPage(log, number, kept)
      if (!dropped.ok) return
      options.pages.forget(log, number)
      lengths.drop(log, number, kept)
      options.tellErased(log, number)
    })

  return {
    async erase(log, positions) {
      const byPage = new Map<number, PlacedPosition[]>()
      for (const position of positions)
        byPage.set(position.page, [...(byPage.get(position.page) ?? []), position])
      for (const [number, onPage] of byPage) {
        const erased = await eraseOnPage(log, number, onPage)
        if (!erased.ok) return erased
      }
      return ok(undefined)
    },

    async sweep(log) {
      const keepMs = groupOf(log)?.keepMs?.()
      if (keepMs === undefined) return
      const until = time.now() - keepMs
      for (const [number, keys] of await readOld(log, until + 1)) await erasePast(log, number, keys)
      for (const number of [...(lengths.all.get(log)?.keys() ?? [])]) {
        await eraseAboutPast(log, number)
        await dropIfOver(log, number)
      }
    },
  }
}
