import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { socketPath } from '../../shared/session.ts'
import { mayUseApp, type Listener } from '../http/http-app.ts'
import type { SessionApi } from '../http/session-api.ts'
import { isOwnOrigin, readWhereabouts } from '../http/whereabouts.ts'
import type { Lobby } from './lobby.ts'

export interface UpgradeOptions {
  session: SessionApi
  lobby: Lobby
  publicUrl: string | undefined
  maxFrameBytes: number
  /** How long a socket that was closed may take to say goodbye before it is cut. */
  goodbyeMs: number
}

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** A socket is made only for a session and from our own pages (S2): before that not one frame is read. */
export const createUpgrades = (options: UpgradeOptions): ((listener: Listener) => UpgradeHandler) => {
  const settings = {
    noServer: true,
    clientTracking: false,
    // Compression costs 20 times the memory and four fifths of the speed, for boxes that do not compress (S5).
    perMessageDeflate: false,
    maxPayload: options.maxFrameBytes,
    maxFragments: 64,
    autoPong: false,
    // `ws` knows this one, its types do not yet.
    closeTimeout: options.goodbyeMs,
  }
  const sockets = new WebSocketServer(settings)
  return (listener) => (request, socket, head) => {
    const onError = (): void => void socket.destroy()
    socket.on('error', onError)
    const where = readWhereabouts(request, listener)
    const [path] = (request.url ?? '').split('?')
    if (!where) return refuse(socket, 400)
    if (path !== socketPath) return refuse(socket, 404)
    if (!mayUseApp(listener, where)) return refuse(socket, 403)
    if (!isOwnOrigin(request.headers.origin, where, options.publicUrl)) return refuse(socket, 403)
    const session = options.session.sessionOf({ request, where })
    if (!session) return refuse(socket, 401)
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      socket.off('error', onError)
      options.lobby.enter(webSocket, socket, session)
    })
  }
}

const refuse = (socket: Duplex, status: number): void => {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  // Whoever keeps sending after a no is cut off.
  socket.once('finish', () => socket.destroy())
}
