import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { DeviceId, Topic } from '../../shared/identifiers.ts'
import { restartReason } from '../../shared/restart-reason.ts'
import { closeCodes, parseToServer, type FromServer, type ToServer } from '../../shared/signaling-messages.ts'
import type { SessionKey, Visitor } from '../data/stored.ts'
import type { Journal } from '../journal.ts'
import type { ServerLimits } from '../server-limits.ts'
import { createBucket, takeToken } from '../token-bucket.ts'
import { findPeer, joinTopic, leaveTopic, type Topics } from '../topics.ts'
import { closeConnection, encode, encodeSignal, type Connection } from './connection.ts'
import { createOutbox } from './outbox.ts'
import { countOne, type Rate } from './rate.ts'

/** Everybody who is connected, and what they may say to whom (S1, S5–S7). */
export interface Lobby {
  enter(socket: WebSocket, wire: Duplex, visitor: Visitor, address: string): void
  /** Ends the sockets of sessions that have ended (A7). */
  closeSessions(sessions: ReadonlySet<SessionKey>): void
  /** Tells everybody to come back after a random wait (S7). */
  sendHome(): void
  /** Settles once nobody is left. A socket that is closed is cut after its time to say goodbye, so this always comes. */
  emptied(): Promise<void>
  readonly connections: ReadonlySet<Connection>
  readonly topicCount: number
  topicSizes(): [Topic, number][]
  /** Signals carried. */
  readonly signals: Rate
}

export interface LobbyOptions {
  limits: ServerLimits
  now: () => number
  journal: Pick<Journal, 'note' | 'seen'>
}

/** Long enough for a server to start again, short enough for nobody to notice. */
const maxRestartWaitMs = 5_000

export const createLobby = ({ limits, now, journal }: LobbyOptions): Lobby => {
  const connections = new Set<Connection>()
  const countByDevice = new Map<DeviceId, number>()
  const topics: Topics<Connection> = new Map()
  const outbox = createOutbox()
  const signals: Rate = { minute: 0, count: 0, before: 0 }
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
    countOne(signals, now())
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
    countOne(from, now())
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
    journal.seen(from.device)
    journal.note('socketClosed', { account: from.account, why: String(code) })
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
    topicSizes: () => [...topics].map(([topic, there]) => [topic, there.size]),
    signals,
    enter: (socket, wire, { session, device, account, usedAt }, address) => {
      const count = countByDevice.get(device) ?? 0
      // `ws` closes by itself with a code of its own (1002, 1007, 1009) on what is no WebSocket frame, or too large a one.
      // Its close is told of, with that code.
      socket.on('error', () => undefined)
      if (count >= limits.maxSocketsPerDevice) {
        journal.note('socketRefused', { account, address, why: 'tooManySockets' })
        return socket.close(closeCodes.tooManySockets, 'this device is connected too often')
      }
      const connection: Connection = {
        socket,
        wire,
        device,
        account,
        session,
        usedAt,
        openedAt: now(),
        minute: 0,
        count: 0,
        before: 0,
        topics: new Set(),
        bucket: createBucket(bucketSize, now()),
        nextPingAt: 0,
        unansweredPings: 0,
      }
      countByDevice.set(device, count + 1)
      connections.add(connection)
      listen(connection)
      journal.note('socketOpened', { account, address })
    },
    closeSessions: (sessions) => {
      for (const connection of connections) {
        if (sessions.has(connection.session)) closeConnection(connection, closeCodes.signedOut, 'signed out')
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
