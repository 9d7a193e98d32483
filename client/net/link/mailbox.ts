import { linkLimits } from '../../../shared/limits.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { LinkChannel } from '../../core/ports.ts'

export type MessageListener = (message: Bytes) => void

export interface Mailbox {
  /** False when more waits for a listener than may; the message is not kept then. */
  deliver(channel: LinkChannel, message: Bytes): boolean
  /** Takes the place of the channel's listener, and gets what waited. */
  listen(channel: LinkChannel, listener: MessageListener): void
  /** Nothing is delivered from here on. */
  close(): void
}

const countedBytes = (message: Bytes): number => message.length + linkLimits.bookkeepingBytes

/** Hands whole messages to who listens on their channel, and keeps them, up to a bound, for who has yet to. */
export const createMailbox = (onThrow: (channel: LinkChannel, error: unknown) => void): Mailbox => {
  const listeners = new Map<LinkChannel, MessageListener>()
  const kept = new Map<LinkChannel, Bytes[]>()
  const beingHanded = new Set<LinkChannel>()
  let keptBytes = 0
  let isOpen = true

  const hand = (channel: LinkChannel, message: Bytes): void => {
    try {
      listeners.get(channel)?.(message)
    } catch (error) {
      onThrow(channel, error)
    }
  }

  const keep = (channel: LinkChannel, message: Bytes): boolean => {
    if (keptBytes + countedBytes(message) > linkLimits.maxUnheardBytes) return false
    keptBytes += countedBytes(message)
    const waiting = kept.get(channel)
    if (waiting === undefined) kept.set(channel, [message])
    else waiting.push(message)
    return true
  }

  const handKept = (channel: LinkChannel): void => {
    for (const message of kept.get(channel) ?? []) {
      if (!isOpen) return // a listener closed the Link
      keptBytes -= countedBytes(message)
      hand(channel, message)
    }
    kept.delete(channel)
  }

  return {
    deliver(channel, message) {
      if (!isOpen) return true
      // What comes while older messages are being handed over goes after them.
      if (!listeners.has(channel) || beingHanded.has(channel)) return keep(channel, message)
      hand(channel, message)
      return true
    },
    listen(channel, listener) {
      if (!isOpen) return
      listeners.set(channel, listener)
      if (beingHanded.has(channel)) return
      beingHanded.add(channel)
      handKept(channel)
      beingHanded.delete(channel)
    },
    close() {
      isOpen = false
      listeners.clear()
      kept.clear()
    },
  }
}
