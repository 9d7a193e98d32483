import type { DeviceId } from '../../../shared/identifiers.ts'
import { groupLimits } from '../../../shared/limits.ts'
import { mayActOn } from '../../../shared/roles.ts'
import { feedOf } from '../identity/device.ts'
import { entryKinds } from '../log/entry.ts'
import type { Logs } from '../log/logs.ts'
import type { FeedLimits } from '../log/page-lengths.ts'
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
    const cuts: LogCut[] = []
    for (const [log, pages] of logs.lengths()) {
      if (!family.state.get().rooms.has(log)) continue // of the open rooms only: others are nobody's business here
      const written = [...pages].flatMap(([page, lengths]) => {
        const length = lengths.get(feed) ?? 0
        return length > 0 ? [{ page, length }] : []
      })
      if (written.length > 0) cuts.push({ log, pages: written })
    }
    return cuts
  }

  const cutAll = async () => {
    for (const of of family.state.get().membership.uncut.filter(mayCut)) {
      const body = { type: 'cut', device: of, logs: await lengthsOf(of), ms: clock.now() } as const
      const statement = await makeStatement(family.genesis.group, device, body)
      await family.write({ kind: entryKinds.statement, statement })
    }
  }

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
  const look = () => {
    const { membership } = family.state.get()
    if (membership.out.length > 0) void limitLengths()
    if (!membership.uncut.some(mayCut)) return
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
