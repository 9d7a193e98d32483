import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

/** The limit: bare `ws`, which hands each frame unread to the socket that came before or after. */
const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
let waiting: WebSocket | undefined

sockets.on('connection', (socket) => {
  if (!waiting) {
    waiting = socket
    return
  }
  const [first, second] = [waiting, socket]
  waiting = undefined
  first.on('message', (data: Buffer) => second.send(data, { binary: false }))
  second.on('message', (data: Buffer) => first.send(data, { binary: false }))
})
sockets.on('listening', () => process.send?.({ port: (sockets.address() as AddressInfo).port }))
