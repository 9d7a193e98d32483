import type { AccountId, DeviceId } from '../../../../shared/identifiers.ts'
import type { Delivery } from '../../hearth.ts'
import type { FeedId, Holding, LogId, PageWrite } from '../../ports.ts'
import { createPartings, type Partings } from './partings.ts'
import type { DeviceDisk } from './disk.ts'

/** Watches from outside: what was promised to whom, and what should never happen, at the moment it does. */
export interface Witness {
  /** What went wrong so far, in words. */
  readonly troubles: readonly string[]
  /** Who was put out, and what was made go. */
  readonly partings: Partings
  trouble(what: string): void
  /** Messages by their text, each of which is said once only. */
  readonly said: ReadonlyMap<string, Said>
  say(text: string, said: Omit<Said, 'isAcknowledged'>): void
  /** How a message fares, as its author's screen shows it. */
  see(text: string, delivery: Delivery): void
  /** So many entries of a device's feed in the family document are promised to stay. */
  promise(feed: FeedId, length: number): void
  readonly promised: ReadonlyMap<FeedId, number>
  /** P5: an entry is on its author's disk before it is on another's. */
  onWrite(by: DeviceId, write: PageWrite): void
  /** Y4: who is said to hold something has had it on the disk. */
  onHolder(by: { id: DeviceId; feed: FeedId }, holding: Holding): void
}

export interface Said {
  by: string
  device: DeviceId
  account: AccountId
  room: LogId
  /** Its author was shown that it is on the disk: from then on it must not be lost. */
  isAcknowledged: boolean
}

export const createWitness = (diskOf: (device: DeviceId) => DeviceDisk | undefined): Witness => {
  const troubles: string[] = []
  const said = new Map<string, Said>()
  const promised = new Map<FeedId, number>()
  return {
    troubles,
    partings: createPartings(),
    trouble: (what) => void troubles.push(what),
    said,
    say: (text, one) => void said.set(text, { ...one, isAcknowledged: false }),
    see(text, { status }) {
      const one = said.get(text)
      if (one && (status === 'onlyHere' || status === 'onDevices')) one.isAcknowledged = true
    },
    promised,
    promise: (feed, length) => void promised.set(feed, length),
    onWrite(by, { log, page, heads }) {
      for (const { device, feed, length } of heads) {
        if (device === by || (diskOf(device)?.held(log, page, feed).ever ?? 0) >= length) continue
        troubles.push(`P5: entry ${length - 1} of a feed is on another disk, and never was on its author's`)
      }
    },
    onHolder({ id, feed }, { log, page, holder, length }) {
      if (holder !== id && (diskOf(holder)?.held(log, page, feed).ever ?? 0) >= length) return
      troubles.push(`Y4: ${length} entries are said to be on a disk that never held so many`)
    },
  }
}
