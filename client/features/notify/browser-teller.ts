import { openRoomMessage } from '../../../shared/service-worker.ts'
import type { LogId } from '../../core/ports.ts'
import { createValue } from '../../core/value.ts'
import { playNotice } from './notice-tone.ts'
import type { NoticeWords } from './notice-words.ts'
import type { Leave, Teller } from './teller.ts'

/** `Badging` and the worker are missing in some browsers, which the types of the language do not say. */
type MaybeNavigator = Partial<
  Pick<Navigator, 'setAppBadge' | 'clearAppBadge' | 'serviceWorker' | 'userActivation'>
>

/** A notification that is shown, or about to be. */
interface Shown {
  isWanted: boolean
  close: (() => void) | undefined
}

const icon = '/icon.svg'

/** Asked anew: it changes while something is waited for. */
const isStillWanted = ({ isWanted }: Shown): boolean => isWanted

const readLeave = (): Leave => {
  if (!('Notification' in globalThis)) return 'unsupported'
  const { permission } = Notification
  return permission === 'default' ? 'unasked' : permission
}

/** Undefined for any other message. */
const roomOfMessage = (message: unknown): LogId | undefined => {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('room' in message))
    return undefined
  const { type, room } = message
  const isRoom = type === openRoomMessage && typeof room === 'string' && /^[\w-]{22}$/.test(room)
  return isRoom ? (room as LogId) : undefined
}

/** Tells by the browser's own means. What a browser lacks or refuses is left out: the list shows it all anyway. */
export const createBrowserTeller = (): Teller => {
  const { setAppBadge, clearAppBadge, serviceWorker, userActivation } = navigator as MaybeNavigator
  const leave = createValue<Leave>(readLeave())
  const listeners = new Set<(room: LogId) => void>()
  const shown = new Map<LogId, Shown>()
  let audio: AudioContext | undefined
  let lastBadge = 0

  const open = (room: LogId) => {
    for (const listener of [...listeners]) listener(room)
  }

  const takeBack = (notice: Shown | undefined) => {
    if (!notice) return
    notice.isWanted = false
    notice.close?.()
  }

  /** Undefined where there is none, or where leave was taken back this moment. */
  const showByWorker = async (room: LogId, words: NoticeWords): Promise<(() => void) | undefined> => {
    try {
      const worker = await serviceWorker?.getRegistration()
      if (!worker?.active) return undefined
      await worker.showNotification(words.title, { ...optionsFor(room, words), data: { room } })
      const close = async () => {
        for (const shownNow of await worker.getNotifications({ tag: room })) shownNow.close()
      }
      return () => void close().catch(() => undefined)
    } catch {
      return undefined
    }
  }
  const showByPage = (room: LogId, words: NoticeWords) => {
    const notice = new Notification(words.title, optionsFor(room, words))
    notice.onclick = () => {
      window.focus()
      notice.close()
      open(room)
    }
    return () => notice.close()
  }
  // It sounds by itself, or not at all: see `sound`.
  const optionsFor = (room: LogId, { body }: NoticeWords): NotificationOptions => ({
    body,
    tag: room,
    icon,
    badge: icon,
    silent: true,
  })

  const show = async (room: LogId, words: NoticeWords) => {
    const notice: Shown = { isWanted: true, close: undefined }
    shown.set(room, notice)
    try {
      notice.close = showByPage(room, words)
    } catch {
      // Android lets no page show any, but its worker.
      notice.close = await showByWorker(room, words)
    }
    // It may have been read while it was on its way.
    if (!isStillWanted(notice)) takeBack(notice)
  }

  const onMessage = ({ data }: MessageEvent<unknown>) => {
    const room = roomOfMessage(data)
    if (room !== undefined) open(room)
  }
  serviceWorker?.addEventListener('message', onMessage)

  const onPermission = () => leave.set(readLeave())
  let status: PermissionStatus | undefined
  const follow = async () => {
    try {
      status = await navigator.permissions.query({ name: 'notifications' })
      status.addEventListener('change', onPermission)
    } catch {
      // It is read again when somebody asks.
    }
  }
  void follow()

  const badge = (count: number) => {
    if (count === lastBadge) return
    lastBadge = count
    const done = count === 0 ? clearAppBadge?.call(navigator) : setAppBadge?.call(navigator, count)
    // Only an installed app has a place for it.
    done?.catch(() => undefined)
  }

  return {
    leave,
    async askLeave() {
      if ('Notification' in globalThis) await Notification.requestPermission()
      leave.set(readLeave())
      return leave.get()
    },
    show: (room, words) => void show(room, words),
    close(room) {
      takeBack(shown.get(room))
      shown.delete(room)
    },
    sound() {
      // Before somebody has touched the page, browsers forbid sound and complain in their consoles.
      if (userActivation?.hasBeenActive === false) return
      audio ??= new AudioContext()
      const context = audio
      context.resume().then(
        () => playNotice(context),
        () => undefined,
      )
    },
    badge,
    onOpen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    end() {
      for (const notice of shown.values()) takeBack(notice)
      shown.clear()
      badge(0)
      serviceWorker?.removeEventListener('message', onMessage)
      status?.removeEventListener('change', onPermission)
      audio?.close().catch(() => undefined)
    },
  }
}
