import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { socketPath } from '../../shared/session.ts'
import type { Visitor } from '../data/stored.ts'
import { mayUseApp, type Listener } from '../http/http-app.ts'
import type { Asker } from '../http/visitors.ts'
import { isOwnOrigin, readWhereabouts } from '../http/whereabouts.ts'
import type { Lobby } from './lobby.ts'

export interface UpgradeOptions {
  visitorOf(asker: Asker): Promise<Visitor | undefined>
  lobby: Lobby
  publicUrl: string | undefined
  maxFrameBytes: number
  /** How long a socket that was closed may take to say goodbye before it is cut. */
  goodbyeMs: number
  onRefusal(address: string, status: number): void
  report(what: string, error: unknown): void
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
  const admit = async (listener: Listener, request: IncomingMessage, wire: Duplex, head: Buffer) => {
    const onError = (): void => void wire.destroy()
    wire.on('error', onError)
    const where = readWhereabouts(request, listener)
    const [path] = (request.url ?? '').split('?')
    const refuse = (status: number): void => {
      options.onRefusal(where?.address ?? '', status)
      hangUp(wire, status)
    }
    if (!where) return refuse(400)
    if (path !== socketPath) return refuse(404)
    if (!mayUseApp(listener, where)) return refuse(403)
    if (!isOwnOrigin(request.headers.origin, where, options.publicUrl)) return refuse(403)
    const visitor = await options.visitorOf({ request, where })
    if (wire.destroyed) return
    if (!visitor) return refuse(401)
    sockets.handleUpgrade(request, wire, head, (webSocket) => {
      wire.off('error', onError)
      options.lobby.enter(webSocket, wire, visitor, where.address)
    })
  }
  return (listener) => (request, wire, head) => {
    admit(listener, request, wire, head).catch((error: unknown) => {
      options.report('a socket could not be opened', error)
      hangUp(wire, 500)
    })
  }
}

const hangUp = (socket: Duplex, status: number): void => {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  // Whoever keeps sending after a no is cut off.
  socket.once('finish', () => socket.destroy())
}
