import { openRoomMessage } from '../../shared/service-worker.ts'

/** A window of this app, as far as it matters here. */
export interface NoticedClient {
  focus(): Promise<unknown>
  postMessage(message: unknown): void
}

export interface OpenNoticedOptions {
  /** The windows that are open, the one used last first. */
  windows(): Promise<readonly NoticedClient[]>
  openWindow(path: string): Promise<unknown>
}

/** A notification was pressed: the window that is open comes to the front with its room, or one is opened. */
export const openNoticed = async (data: unknown, options: OpenNoticedOptions): Promise<void> => {
  const [window] = await options.windows()
  if (!window) {
    await options.openWindow('/')
    return
  }
  const room = typeof data === 'object' && data !== null && 'room' in data ? data.room : undefined
  if (typeof room === 'string') window.postMessage({ type: openRoomMessage, room })
  // Refused where the press is too long ago: the room is open all the same.
  await window.focus().catch(() => undefined)
}
