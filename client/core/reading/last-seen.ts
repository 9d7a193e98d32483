import type { AccountId } from '../../../shared/identifiers.ts'
import { readingLimits } from '../../../shared/limits.ts'
import type { Privacy } from '../hearth.ts'
import type { Clock, ReadingRow, Timer } from '../ports.ts'
import { createValue, type Value } from '../value.ts'

/** When people were last linked to this device, by its own clock, to the minute (R3). */
export interface LastSeen {
  readonly value: Value<ReadonlyMap<AccountId, number>>
  /** A device of that account has said whether its person lets that be told. */
  note(account: AccountId, isTold: boolean): void
  /** Who is linked now has changed. */
  here(accounts: ReadonlySet<AccountId>): void
  close(): void
}

export interface LastSeenOptions {
  rows: readonly ReadingRow[]
  privacy: Value<Privacy>
  clock: Clock
  save(row: ReadingRow): void
}

export const createLastSeen = ({ rows, privacy, clock, save }: LastSeenOptions): LastSeen => {
  /** Undefined of those who would rather not have it told. */
  const seen = new Map<AccountId, number | undefined>()
  for (const row of rows) if (row.type === 'seen') seen.set(row.account, row.ms)
  /** Who has said that it may be told, since this core was opened. */
  const told = new Set<AccountId>()
  let linked: ReadonlySet<AccountId> = new Set()
  const value = createValue<ReadonlyMap<AccountId, number>>(new Map())

  const show = () => {
    const isOn = privacy.get().lastSeen
    const shown = [...seen].flatMap(([account, ms]): [AccountId, number][] =>
      isOn && ms !== undefined && !linked.has(account) ? [[account, ms]] : [],
    )
    value.set(new Map(shown))
  }
  const keep = (account: AccountId, ms: number | undefined) => {
    if (seen.get(account) === ms && seen.has(account)) return
    seen.set(account, ms)
    save({ type: 'seen', account, ms })
  }
  /** Whoever does not tell of themselves does not keep it of others either. */
  const meet = (account: AccountId) => {
    const { lastSeenGrainMs } = readingLimits
    if (privacy.get().lastSeen && told.has(account))
      keep(account, Math.floor(clock.now() / lastSeenGrainMs) * lastSeenGrainMs)
  }
  let timer: Timer
  const follow = () => {
    timer = clock.setTimer(() => {
      for (const account of linked) meet(account)
      follow()
    }, readingLimits.lastSeenGrainMs)
  }
  follow()
  show()
  const leave = privacy.subscribe(show)

  return {
    value,
    note(account, isTold) {
      if (isTold) {
        told.add(account)
        meet(account)
      } else {
        told.delete(account)
        keep(account, undefined)
      }
      show()
    },
    here(accounts) {
      for (const account of linked) if (!accounts.has(account)) meet(account)
      linked = accounts
      show()
    },
    close() {
      for (const account of linked) meet(account)
      clock.clearTimer(timer)
      leave()
    },
  }
}
