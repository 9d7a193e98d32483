import type { DeviceId } from '../../../shared/identifiers.ts'
import { groupLimits, logLimits } from '../../../shared/limits.ts'
import { mayActOn } from '../../../shared/roles.ts'
import { feedOf } from '../identity/device.ts'
import { entryKinds } from '../log/entry.ts'
import type { Logs } from '../log/logs.ts'
import type { FeedLimits } from '../log/page-lengths.ts'
import { createSerial } from '../log/serial.ts'
import type { Clock, FeedId, LogId, Random, Timer } from '../ports.ts'
import type { Family } from './family.ts'
import { drawMoment } from './keep-epochs.ts'
import { makeStatement, type LogCut } from './statements.ts'

export interface CutDepartedOptions {
  family: Family
  logs: Logs
  device: { id: DeviceId; sign(message: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> }
  clock: Clock
  random: Random
}

interface Written {
  log: LogId
  page: number
  length: number
}

/**
 * What one statement holds. Nobody fills so many pages; but somebody may write a single entry on each of ever so many, and must be
 * cut all the same.
 */
const keepLongest = (written: readonly Written[]): Written[] =>
  written
    .filter(({ length }) => length > 0)
    .sort((left, right) => right.length - left.length || left.page - right.page)
    .slice(0, logLimits.maxPagesPerDigest)

const groupByLog = (written: readonly Written[]): LogCut[] => {
  const cuts = new Map<LogId, { page: number; length: number }[]>()
  for (const { log, page, length } of written) {
    const pages = cuts.get(log) ?? []
    cuts.set(log, pages)
    pages.push({ page, length })
  }
  return [...cuts].map(([log, pages]) => ({ log, pages }))
}

/**
 * When a device is out, whoever may says how much of what it wrote in the rooms was there by then (G6), and from then on nothing more of
 * it is taken, shown or passed on, whatever date it bears.
 */
export const cutDeparted = ({ family, logs, device, clock, random }: CutDepartedOptions): (() => void) => {
  const feeds = new Map<DeviceId, FeedId>()
  const feedOfDevice = async (of: DeviceId): Promise<FeedId> => {
    const feed = feeds.get(of) ?? (await feedOf(of))
    feeds.set(of, feed)
    return feed
  }

  const mayCut = (of: DeviceId): boolean => {
    const { membership } = family.state.get()
    const [mine, theirs] = [membership.accountOf(device.id), membership.accountOf(of)]
    if (mine === undefined || theirs === undefined || family.standingOf(device.id) !== 'member') return false
    const roleOf = (account: typeof mine) => membership.members.get(account)?.role ?? 'member'
    return mine === theirs ? of !== device.id : mayActOn(roleOf(mine), roleOf(theirs))
  }

  const lengthsOf = async (of: DeviceId): Promise<LogCut[]> => {
    const feed = await feedOfDevice(of)
    const written = [...logs.lengths()].flatMap(([log, pages]) => {
      if (!family.state.get().rooms.has(log)) return [] // of the open rooms only: others are nobody's business here
      return [...pages].map(([page, lengths]) => ({ log, page, length: lengths.get(feed) ?? 0 }))
    })
    return groupByLog(keepLongest(written))
  }

  /** Of whom this device has said it: once is enough, whatever comes of it. */
  const said = new Set<DeviceId>()
  const cutAll = async () => {
    for (const of of family.state.get().membership.uncut.filter(mayCut)) {
      // Somebody else may have said it while this was writing about another.
      if (said.has(of) || !family.state.get().membership.uncut.includes(of)) continue
      said.add(of)
      const body = { type: 'cut', device: of, logs: await lengthsOf(of), ms: clock.now() } as const
      const statement = await makeStatement(family.genesis.group, device, body)
      const written = await family.write({ kind: entryKinds.statement, statement })
      if (!written.ok) said.delete(of)
    }
  }

  const turns = createSerial()
  const limitLengths = async () => {
    const { membership } = family.state.get()
    const limits = new Map<FeedId, (log: LogId, page: number) => number>()
    for (const of of membership.out)
      limits.set(await feedOfDevice(of), (log, page) =>
        family.state.get().rooms.has(log) ? membership.countsInRoom(of, log, page) : Infinity,
      )
    logs.limit(limits satisfies FeedLimits, family.genesis.group)
  }

  let timer: Timer | undefined
  let isLimited = false
  const look = () => {
    const { membership } = family.state.get()
    // Also where nobody is out any more, as when the owner has put out the admin who said so.
    if (membership.out.length > 0 || isLimited) void turns.run(limitLengths)
    isLimited = membership.out.length > 0
    if (!membership.uncut.some((of) => !said.has(of) && mayCut(of))) return
    timer ??= clock.setTimer(
      () => {
        timer = undefined
        void cutAll()
      },
      drawMoment(random, groupLimits.cutSpreadMs),
    )
  }
  const leave = family.state.subscribe(look)
  look()
  return () => {
    leave()
    if (timer !== undefined) clock.clearTimer(timer)
  }
}
