import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { groupLimits } from '../../../shared/limits.ts'
import type { Logs } from '../log/logs.ts'
import type { Clock, FeedId, LogId, Random, Timer } from '../ports.ts'
import type { Value } from '../value.ts'
import type { DeviceCut } from './group-changes.ts'
import type { GroupState } from './group-facts.ts'
import type { GroupGenesis } from './group-genesis.ts'
import { drawMoment } from './keep-epochs.ts'
import type { Membership } from './membership.ts'

export interface GroupDeparturesOptions {
  genesis: GroupGenesis
  state: Value<GroupState>
  family(): Membership
  logs: Logs
  feedOf(device: DeviceId): Promise<FeedId>
  mayCut(): boolean
  /** Writes what counts of an account that is out of the family, or of a device that is revoked. */
  cut(account: AccountId): Promise<unknown>
  clock: Clock
  random: Random
}

export interface GroupDepartures {
  /** How much of an account's devices is here now. */
  cutsOf(account: AccountId): Promise<DeviceCut[]>
  close(): void
}

/** Sees to it that of whoever is out nothing more counts in a private group than was there by then (G6). */
export const watchDepartures = (options: GroupDeparturesOptions): GroupDepartures => {
  const { genesis, state, family, logs, feedOf, clock, random } = options
  const { group, content } = genesis
  const devicesOf = (account: AccountId) => [...(family().members.get(account)?.devices.keys() ?? [])]

  const limitLengths = async () => {
    const { membership } = state.get()
    const limits = new Map<FeedId, (log: LogId, page: number) => number>()
    for (const device of [...membership.everMembers].flatMap(devicesOf)) {
      if (membership.controlCountOf(device) === Infinity) continue
      limits.set(await feedOf(device), (log, page) => {
        if (log === group) return membership.controlCountOf(device)
        return log === content ? membership.countOf(device, page) : Infinity
      })
    }
    logs.limit(limits, group)
  }

  let timer: Timer | undefined
  const cutAll = async () => {
    for (const account of state.get().membership.uncut) await options.cut(account)
  }
  const look = () => {
    void limitLengths()
    if (state.get().membership.uncut.length === 0 || !options.mayCut()) return
    timer ??= clock.setTimer(
      () => {
        timer = undefined
        void cutAll()
      },
      drawMoment(random, groupLimits.cutSpreadMs),
    )
  }
  const leave = state.subscribe(look)

  return {
    async cutsOf(account) {
      const cuts: DeviceCut[] = []
      for (const device of devicesOf(account)) {
        const feed = await feedOf(device)
        const lengthsIn = (log: LogId) =>
          [...(logs.lengths().get(log) ?? [])].flatMap(([page, lengths]) => {
            const length = lengths.get(feed) ?? 0
            return length > 0 ? [{ page, length }] : []
          })
        const control = lengthsIn(group).reduce((sum, { length }) => sum + length, 0)
        cuts.push({ device, control, pages: lengthsIn(content) })
      }
      return cuts
    },
    close() {
      leave()
      if (timer !== undefined) clock.clearTimer(timer)
    },
  }
}
