import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { WebSocketServer, type WebSocket } from 'ws'
import type { DeviceId, Topic } from '../../shared/identifiers.ts'
import { parseToServer, type FromServer } from '../../shared/signaling-messages.ts'

/** Serves the page, and carries between sockets: our server's words at `/signaling`, anything at `/plain`. */
export interface Hub {
  port: number
  close(): Promise<void>
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

/** What our server does for two devices that look for each other (S1), with no sessions and no limits. */
const createSignaling = () => {
  const rooms = new Map<Topic, Map<DeviceId, WebSocket>>()
  const say = (socket: WebSocket | undefined, message: FromServer) => socket?.send(JSON.stringify(message))
  return (socket: WebSocket, device: DeviceId) => {
    const joined: [Topic, Map<DeviceId, WebSocket>][] = []
    socket.on('message', (data: Buffer) => {
      const parsed = parseToServer(data.toString())
      if (!parsed.ok) return
      const message = parsed.value
      if (message.type === 'ping') say(socket, { type: 'pong' })
      else if (message.type === 'signal') {
        const other = joined.map(([, room]) => room.get(message.to)).find(Boolean)
        say(other, { type: 'signal', from: device, box: message.box })
      } else {
        const { topic } = message
        const room = rooms.get(topic) ?? new Map<DeviceId, WebSocket>()
        rooms.set(topic, room)
        joined.push([topic, room])
        const others = [...room].filter(([id]) => id !== device)
        room.set(device, socket)
        say(socket, { type: 'here', topic, peers: others.map(([id]) => id) })
        for (const [, other] of others) say(other, { type: 'came', topic, peer: device })
      }
    })
    socket.on('close', () => {
      for (const [topic, room] of joined) {
        if (room.get(device) !== socket) continue
        room.delete(device)
        for (const other of room.values()) say(other, { type: 'gone', topic, peer: device })
      }
    })
  }
}

/** Whoever says something in a room is heard by all others in it. */
const createPlainRooms = () => {
  const rooms = new Map<string, Set<WebSocket>>()
  return (socket: WebSocket, name: string) => {
    const room = rooms.get(name) ?? new Set()
    rooms.set(name, room.add(socket))
    socket.on('message', (data: Buffer) => {
      for (const other of room) if (other !== socket) other.send(data.toString())
    })
    socket.on('close', () => room.delete(socket))
  }
}

export const startHub = (folder: string, host: string, port: number): Promise<Hub> => {
  const server = createServer((request, response) => {
    const file = path.join(folder, path.normalize(new URL(request.url ?? '/', 'http://hub').pathname))
    readFile(file).then(
      (bytes) => response.setHeader('Content-Type', types[path.extname(file)] ?? 'text/plain').end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  const sockets = new WebSocketServer({ server })
  const [joinSignaling, joinPlainRoom] = [createSignaling(), createPlainRooms()]
  sockets.on('connection', (socket, request) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://hub')
    if (pathname === '/signaling') joinSignaling(socket, (searchParams.get('device') ?? '') as DeviceId)
    else joinPlainRoom(socket, searchParams.get('room') ?? '')
  })
  return new Promise((resolve) => {
    server.listen(port, host, () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise((closed) => {
            for (const socket of sockets.clients) socket.terminate()
            server.closeAllConnections()
            server.close(() => closed())
          }),
      }),
    )
  })
}
