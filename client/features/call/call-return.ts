import type { LogId } from '../../core/ports.ts'
import { sounds, type Sending } from '../../core/call/words.ts'

/** What somebody sent into a call, kept over a reload of the page: back in it they are as they were. */

const key = 'hearth.call-sending'

/** As long as the tab, as the way back is; nothing where it is forbidden: merely naming it throws there. */
const readSessionStorage = (): Storage | undefined => {
  try {
    return sessionStorage
  } catch {
    return undefined
  }
}

/** The screen is asked for anew by whoever wants to share it: no browser gives it without that. */
export const noteSending = (
  room: LogId,
  { audio, camera }: Sending,
  storage: Pick<Storage, 'setItem'> | undefined = readSessionStorage(),
): void => {
  try {
    storage?.setItem(key, JSON.stringify({ room, audio, camera }))
  } catch {
    // Full: they come back with sound only.
  }
}

/** What to send to a room's call on the way back; with sound only where nothing is known of it. */
export const sendingBack = (
  room: LogId,
  storage: Pick<Storage, 'getItem'> | undefined = readSessionStorage(),
): Sending => {
  const kept = parse(storage?.getItem(key))
  const isOfIt = kept?.room === room
  return {
    audio: (isOfIt && sounds.find((sound) => sound === kept.audio)) || 'on',
    camera: isOfIt && kept.camera === true,
    screen: false,
    hand: false,
  }
}

const parse = (text: string | null | undefined): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
