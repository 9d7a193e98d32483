import { once } from 'node:events'
import { WebSocket } from 'ws'
import { socketPath } from '../../shared/session.ts'
import { parseFromServer, type FromServer, type ToServer } from '../../shared/signaling-messages.ts'
import type { TestClient } from './test-server.ts'

/** A device's socket that keeps what it hears, so that a test can wait for it. */
export interface TestSocket {
  device: string
  cookie: string
  socket: WebSocket
  say(message: ToServer | object): void
  /** The next message of this type, in the order they came. */
  next<Type extends FromServer['type']>(type: Type): Promise<Extract<FromServer, { type: Type }>>
  /** Everything heard that no `next` has taken. */
  unread: readonly FromServer[]
  closed: Promise<{ code: number; reason: string }>
  /** Settles once the server has dealt with everything said before. */
  settled(): Promise<void>
}

export interface ConnectOptions {
  /** Whose socket; somebody new where it is left out. */
  session?: { device: string; cookie: string }
  origin?: string
  /** False for a page that hangs: the socket is open, and nobody answers pings. */
  answersPings?: boolean
}

export const openWebSocket = (
  server: TestClient,
  headers: Record<string, string>,
  autoPong = true,
): WebSocket =>
  new WebSocket(`ws://127.0.0.1:${server.httpPort}${socketPath}`, {
    headers: { host: `localhost:${server.httpPort}`, ...headers },
    perMessageDeflate: false,
    autoPong,
  })

/** The status of an upgrade that is refused. */
export const refusal = async (server: TestClient, headers: Record<string, string>): Promise<number> => {
  const socket = openWebSocket(server, headers)
  socket.on('error', () => undefined)
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    { statusCode: number; destroy(): void },
  ]
  response.destroy()
  return response.statusCode
}

export const connect = async (server: TestClient, options: ConnectOptions = {}): Promise<TestSocket> => {
  const session = options.session ?? (await server.signIn())
  const headers = { cookie: session.cookie, origin: options.origin ?? server.origin }
  const socket = openWebSocket(server, headers, options.answersPings)
  const unread: FromServer[] = []
  let wake: () => void = () => undefined
  socket.on('message', (data: Buffer) => {
    const message = parseFromServer(data.toString('utf8'))
    if (!message.ok) throw new Error(`the server said ${data.toString('utf8')}`)
    unread.push(message.value)
    wake()
  })
  socket.on('error', () => undefined)
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => {
      resolve({ code, reason: reason.toString('utf8') })
      wake()
    }),
  )
  const say: TestSocket['say'] = (message) => socket.send(JSON.stringify(message))
  const next: TestSocket['next'] = async (type) => {
    for (;;) {
      const index = unread.findIndex((message) => message.type === type)
      const [found] = index < 0 ? [] : unread.splice(index, 1)
      if (found) return found as Extract<FromServer, { type: typeof type }>
      if (socket.readyState === WebSocket.CLOSED) throw new Error(`closed while waiting for ${type}`)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  await once(socket, 'open')
  return {
    device: session.device,
    cookie: session.cookie,
    socket,
    say,
    next,
    unread,
    closed,
    settled: async () => {
      say({ type: 'ping' })
      await next('pong')
    },
  }
}
