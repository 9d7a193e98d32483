/** The little of a WebSocket that signaling needs, so that tests can stand one in. */
export interface RawSocket {
  /** Drops the text if the socket is not open. */
  send(text: string): void
  /** Nothing is heard of it afterwards. */
  close(): void
}

export interface RawSocketListeners {
  opened(): void
  text(text: string): void
  /** Also when it never opened; then browsers give 1006 and no reason. */
  closed(code: number): void
}

export type OpenRawSocket = (url: string, listeners: RawSocketListeners) => RawSocket

/** What stands for a binary frame: no message at all, so that parsing refuses it (S6). */
const notText = ''

export const openBrowserSocket: OpenRawSocket = (url, listeners) => {
  const socket = new WebSocket(url)
  const controller = new AbortController()
  const { signal } = controller
  socket.addEventListener('open', () => listeners.opened(), { signal })
  socket.addEventListener(
    'message',
    (event) => listeners.text(typeof event.data === 'string' ? event.data : notText),
    { signal },
  )
  // `error` says nothing that the `close` after it does not.
  socket.addEventListener('close', (event) => listeners.closed(event.code), { signal })
  return {
    send(text) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    close() {
      controller.abort()
      socket.close()
    },
  }
}
