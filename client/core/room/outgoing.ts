import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { entryKinds } from '../log/entry.ts'
import type { Logs } from '../log/logs.ts'
import type { Clock, LogId, StoreProblem } from '../ports.ts'
import type { MessageContent } from './message-body.ts'
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
}

export interface OutgoingOptions {
  room: LogId
  logs: Logs
  clock: Clock
  onChange(): void
}

export const createOutgoing = ({ room, logs, clock, onChange }: OutgoingOptions): Outgoing => {
  let messages: readonly OutgoingMessage[] = []
  let count = 0
  const firstNames = new Map<string, string>()

  const write = async (message: OutgoingMessage) => {
    const written = await logs.append(room, entryKinds.message, message.body, (key) => {
      firstNames.set(nameOfKey(key), message.name)
      messages = messages.filter((other) => other.name !== message.name)
    })
    if (written.ok) return
    messages = messages.map((other) =>
      other.name === message.name ? { ...other, problem: written.problem } : other,
    )
    onChange()
  }

  return {
    list: () => messages,
    firstNameOf: (entryName) => firstNames.get(entryName),
    add(content, body) {
      count += 1
      const message = { name: `outgoing-${count}`, ms: clock.now(), content, body }
      messages = [...messages, message]
      onChange()
      void write(message)
    },
    retry(name) {
      const failed = messages.find((message) => message.name === name && message.problem)
      if (!failed) return
      const { problem: _, ...message } = failed
      messages = messages.map((other) => (other.name === name ? message : other))
      onChange()
      void write(message)
    },
  }
}
