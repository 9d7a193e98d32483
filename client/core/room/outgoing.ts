import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { UnsentMessages } from '../device-storage.ts'
import { entryKinds } from '../log/entry.ts'
import type { Logs } from '../log/logs.ts'
import type { Clock, LogId, StoreProblem } from '../ports.ts'
import { parseMessage, type MessageContent } from './message-body.ts'
import { nameOfKey } from './timeline-order.ts'

/** A message of one's own that is not on the disk yet: on the screen at once, but not yet sent (P5, ux 10). */
export interface OutgoingMessage {
  name: string
  ms: number
  content: MessageContent
  body: Bytes
  problem?: StoreProblem
}

export interface Outgoing {
  list(): readonly OutgoingMessage[]
  add(content: MessageContent, body: Bytes): void
  retry(name: string): void
  /** Under which name a message was on the screen before it became an entry, so that it stays the same row there. */
  firstNameOf(entryName: string): string | undefined
  onChange(listener: () => void): () => void
}

export interface OutgoingOptions {
  logs: Logs
  clock: Pick<Clock, 'now'>
  /** Where what the disk does not take is kept over a reload (ux 12, 42). */
  unsent: UnsentMessages | undefined
}

/** Of each room one, which outlives its screen: what failed there is still there when somebody comes back. */
export const createOutgoings = (options: OutgoingOptions): ((room: LogId) => Outgoing) => {
  const all = new Map<LogId, Outgoing>()
  return (room) => {
    const known = all.get(room) ?? createOutgoing(room, options)
    all.set(room, known)
    return known
  }
}

const createOutgoing = (room: LogId, { logs, clock, unsent }: OutgoingOptions): Outgoing => {
  let messages: readonly OutgoingMessage[] = []
  let count = 0
  const firstNames = new Map<string, string>()
  const listeners = new Set<() => void>()

  const changed = () => {
    for (const listener of [...listeners]) listener()
  }
  /** Names of those that have failed once: kept until they are on the disk, also while they are tried again. */
  const failed = new Set<string>()
  /** Nothing is written for a message that the disk takes at once, which is nearly every one. */
  const keepFailed = () =>
    unsent?.write(
      room,
      messages.filter(({ name }) => failed.has(name)).map(({ body }) => body),
    )

  const write = async (message: OutgoingMessage) => {
    const written = await logs.append(room, entryKinds.message, message.body, (key) => {
      firstNames.set(nameOfKey(key), message.name)
      messages = messages.filter((other) => other.name !== message.name)
      if (failed.delete(message.name)) keepFailed()
    })
    if (written.ok) return
    messages = messages.map((other) =>
      other.name === message.name ? { ...other, problem: written.problem } : other,
    )
    if (!failed.has(message.name)) {
      failed.add(message.name)
      keepFailed()
    }
    changed()
  }

  const put = (content: MessageContent, body: Bytes): OutgoingMessage => {
    count += 1
    const message = { name: `outgoing-${count}`, ms: clock.now(), content, body }
    messages = [...messages, message]
    return message
  }

  // What failed before a reload is tried again at once.
  for (const body of unsent?.read(room) ?? []) {
    const content = parseMessage(body)
    if (content) failed.add(put(content, body).name)
  }
  for (const message of messages) void write(message)

  return {
    list: () => messages,
    firstNameOf: (entryName) => firstNames.get(entryName),
    add(content, body) {
      const message = put(content, body)
      changed()
      void write(message)
    },
    retry(name) {
      const failed = messages.find((message) => message.name === name && message.problem)
      if (!failed) return
      const { problem: _, ...message } = failed
      messages = messages.map((other) => (other.name === name ? message : other))
      changed()
      void write(message)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
