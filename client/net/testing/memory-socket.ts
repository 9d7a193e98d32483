import type { OpenRawSocket, RawSocketListeners } from '../raw-socket.ts'

/** A server's end of one socket. */
export interface MemorySocket {
  readonly url: string
  readonly sent: unknown[]
  readonly isHungUp: boolean
  accept(): void
  say(message: object | string): void
  close(code: number): void
}

/** Sockets that a test answers by hand. */
export const createMemorySockets = () => {
  const opened: MemorySocket[] = []
  const open: OpenRawSocket = (url, listeners: RawSocketListeners) => {
    const sent: unknown[] = []
    let isHungUp = false
    opened.push({
      url,
      sent,
      get isHungUp() {
        return isHungUp
      },
      accept: () => listeners.opened(),
      say: (message) => listeners.text(typeof message === 'string' ? message : JSON.stringify(message)),
      close: (code) => listeners.closed(code),
    })
    return {
      send: (text) => void sent.push(JSON.parse(text)),
      close() {
        isHungUp = true
      },
    }
  }
  return {
    open,
    get count() {
      return opened.length
    },
    get last() {
      const last = opened.at(-1)
      if (last === undefined) throw new Error('no socket was opened')
      return last
    },
  }
}
