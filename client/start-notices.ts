import type { Hearth } from './core/hearth.ts'
import type { LogId } from './core/ports.ts'
import type { Value } from './core/value.ts'
import { createBrowserTeller } from './features/notify/browser-teller.ts'
import { createNotifier } from './features/notify/create-notifier.ts'
import { createNotifyStore, type NotifyStore } from './features/notify/notify-store.ts'
import type { Teller } from './features/notify/teller.ts'
import type { RoomWishes } from './features/room-wishes.ts'
import { readLocalStorage } from './ui/local-storage.ts'

export interface NoticesOptions {
  hearth: Hearth
  wishes: Value<RoomWishes>
  /** When Hearth was opened: what is older is no news. */
  sinceMs: number
  /** The room on the screen; undefined where something lies over it. */
  room: () => LogId | undefined
  onCount: (count: number) => void
  /** Somebody pressed a notification. */
  onOpen: (room: LogId) => void
}

export interface Notices {
  store: NotifyStore
  teller: Teller
  /** What has changed by time alone: a room's muting may have ended. */
  look(): void
  close(): void
}

const minuteOfDay = (ms: number): number => {
  const moment = new Date(ms)
  return moment.getHours() * 60 + moment.getMinutes()
}
const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus()

/** Being told of what comes while Hearth is open, wherever one is (ux 33, 34). */
export const startNotices = ({ hearth, wishes, sinceMs, room, onCount, onOpen }: NoticesOptions): Notices => {
  const store = createNotifyStore({ storage: readLocalStorage(), account: hearth.me.get().id })
  const teller = createBrowserTeller()
  const { look, close } = createNotifier({
    hearth,
    wishes,
    settings: store.settings,
    teller,
    sinceMs,
    roomLookedAt: () => (isLookedAt() ? room() : undefined),
    nowMs: Date.now,
    minuteOfDay,
    onCount,
  })
  const end = teller.onOpen(onOpen)
  return {
    store,
    teller,
    look,
    close() {
      end()
      close()
    },
  }
}
