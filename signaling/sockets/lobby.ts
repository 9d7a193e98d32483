import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { DeviceId, Topic } from '../../shared/identifiers.ts'
import { restartReason } from '../../shared/restart-reason.ts'
import { closeCodes, parseToServer, type FromServer, type ToServer } from '../../shared/signaling-messages.ts'
import type { ServerLimits } from '../server-limits.ts'
import type { Session, SessionKey } from '../sessions.ts'
import { createBucket, takeToken } from '../token-bucket.ts'
import { findPeer, joinTopic, leaveTopic, type Topics } from '../topics.ts'
import { closeConnection, encode, encodeSignal, type Connection } from './connection.ts'
import { createOutbox } from './outbox.ts'

/** Everybody who is connected, and what they may say to whom (S1, S5–S7). */
export interface Lobby {
  enter(socket: WebSocket, wire: Duplex, session: Session): void
  /** Ends the sockets of a session that has ended (A7). */
  closeSession(key: SessionKey): void
  /** Tells everybody to come back after a random wait (S7). */
  sendHome(): void
  /** Settles once nobody is left. A socket that is closed is cut after its time to say goodbye, so this always comes. */
  emptied(): Promise<void>
  readonly connections: ReadonlySet<Connection>
  readonly topicCount: number
}

export interface LobbyOptions {
  limits: ServerLimits
  now: () => number
  log(event: string): void
}

/** Long enough for a server to start again, short enough for nobody to notice. */
const maxRestartWaitMs = 5_000

export const createLobby = ({ limits, now, log }: LobbyOptions): Lobby => {
  const connections = new Set<Connection>()
  const countByDevice = new Map<DeviceId, number>()
  const topics: Topics<Connection> = new Map()
  const outbox = createOutbox()
  let onEmpty: (() => void) | undefined
  const bucketSize = { perSecond: limits.messagesPerSecond, burst: limits.messageBurst }

  const sendText = (to: Connection, text: string): void => {
    if (to.socket.readyState !== to.socket.OPEN) return
    outbox.hold(to.wire)
    to.socket.send(text)
    if (to.socket.bufferedAmount > limits.maxUnsentBytes) {
      closeConnection(to, closeCodes.notReading, 'you do not read what you are sent')
    }
  }
  const send = (to: Connection, message: FromServer): void => sendText(to, encode(message))
  const tellOthers = (
    from: Connection,
    all: ReadonlyMap<DeviceId, Connection>,
    message: FromServer,
  ): void => {
    const text = encode(message)
    for (const other of all.values()) if (other !== from) sendText(other, text)
  }

  const leave = (from: Connection, topic: Topic): void => {
    const left = leaveTopic(topics, topic, from.device, from)
    if (left) tellOthers(from, left, { type: 'gone', topic, peer: from.device })
  }

  const join = (from: Connection, topic: Topic): void => {
    if (!from.topics.has(topic) && from.topics.size >= limits.maxTopics) {
      return send(from, { type: 'error', code: 'tooManyTopics' })
    }
    from.topics.add(topic)
    const { everybody, replaced, isNew } = joinTopic(topics, topic, from.device, from)
    send(from, { type: 'here', topic, peers: [...everybody.keys()].filter((peer) => peer !== from.device) })
    if (!isNew) return
    // A page that was reloaded: the others must know that it is not the one they knew.
    if (replaced) tellOthers(from, everybody, { type: 'gone', topic, peer: from.device })
    tellOthers(from, everybody, { type: 'came', topic, peer: from.device })
    if (replaced) closeConnection(replaced, closeCodes.replaced, 'the same device came again')
  }

  const signal = (from: Connection, { to, box }: Extract<ToServer, { type: 'signal' }>): void => {
    const peer = findPeer(topics, from.topics, to)
    if (!peer || peer === from) return send(from, { type: 'error', code: 'peerNotHere', peer: to })
    sendText(peer, encodeSignal(from.device, box))
  }

  const hear = (from: Connection, message: ToServer): void => {
    switch (message.type) {
      case 'join':
        return join(from, message.topic)
      case 'signal':
        return signal(from, message)
      case 'ping':
        return send(from, { type: 'pong' })
    }
  }

  const mayGoOn = (from: Connection): boolean => {
    if (from.socket.readyState !== from.socket.OPEN) return false
    if (takeToken(from.bucket, bucketSize, now())) return true
    closeConnection(from, closeCodes.tooFast, 'too many messages')
    return false
  }

  const hearFrame = (from: Connection, data: Buffer, isBinary: boolean): void => {
    if (!mayGoOn(from)) return
    if (isBinary) return closeConnection(from, closeCodes.badFrame, 'text frames only')
    const message = parseToServer(data.toString('utf8'))
    if (message.ok) return hear(from, message.value)
    const { problem } = message
    closeConnection(from, closeCodes.badFrame, problem.type === 'notJson' ? 'not JSON' : 'not a message')
  }

  const forget = (from: Connection, code: number): void => {
    connections.delete(from)
    const left = (countByDevice.get(from.device) ?? 1) - 1
    if (left === 0) countByDevice.delete(from.device)
    else countByDevice.set(from.device, left)
    for (const topic of from.topics) leave(from, topic)
    from.topics.clear()
    if (connections.size === 0) onEmpty?.()
    log(`socket closed ${code}, ${connections.size} open`)
  }

  const listen = (connection: Connection): void => {
    const { socket } = connection
    socket.on('message', (data: Buffer, isBinary) => hearFrame(connection, data, isBinary))
    socket.on('close', (code) => forget(connection, code))
    socket.on('pong', () => {
      connection.unansweredPings = 0
    })
    // Answered here, not by `ws`: a ping counts as a message, or pings would be a flood without a limit.
    socket.on('ping', (data: Buffer) => {
      if (mayGoOn(connection)) socket.pong(data)
    })
  }

  return {
    connections,
    get topicCount() {
      return topics.size
    },
    enter: (socket, wire, { key, device }) => {
      const count = countByDevice.get(device) ?? 0
      // `ws` closes by itself with a code of its own (1002, 1007, 1009) on what is no WebSocket frame, or too large a one.
      socket.on('error', () => log('socket broke the protocol'))
      if (count >= limits.maxSocketsPerDevice) {
        return socket.close(closeCodes.tooManySockets, 'this device is connected too often')
      }
      const connection: Connection = {
        socket,
        wire,
        device,
        session: key,
        topics: new Set(),
        bucket: createBucket(bucketSize, now()),
        nextPingAt: 0,
        unansweredPings: 0,
      }
      countByDevice.set(device, count + 1)
      connections.add(connection)
      listen(connection)
      log(`socket opened, ${connections.size} open`)
    },
    closeSession: (key) => {
      for (const connection of connections) {
        if (connection.session === key) closeConnection(connection, closeCodes.signedOut, 'signed out')
      }
    },
    emptied: () =>
      new Promise((resolve) => {
        onEmpty = resolve
        if (connections.size === 0) resolve()
      }),
    sendHome: () => {
      for (const connection of connections) {
        const waitMs = Math.floor(Math.random() * maxRestartWaitMs)
        closeConnection(connection, closeCodes.restarting, restartReason(waitMs))
      }
    },
  }
}
