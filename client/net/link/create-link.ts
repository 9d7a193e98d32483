import type { DeviceId } from '../../../shared/identifiers.ts'
import { linkLimits } from '../../../shared/limits.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import {
  linkChannels,
  type Clock,
  type Link,
  type LinkChannel,
  type LinkCloseReason,
} from '../../core/ports.ts'
import { createValue, type Value } from '../../core/value.ts'
import { encodeControl, parseControl, type ByeReason, type ControlMessage } from './control-messages.ts'
import type { LinkDiagnostic } from './diagnostics.ts'
import { createFrameDecoder } from './frames.ts'
import { createLiveness, type LinkHealth } from './liveness.ts'
import { createMailbox } from './mailbox.ts'
import { createOutbox } from './outbox.ts'
import type { Wire } from './wire.ts'

/**
 * A Link as the network keeps it. `send` on a closed one does nothing; of a message over `linkLimits.maxMessageBytes` it
 * throws a RangeError. What was sent belongs to the Link: do not change its bytes.
 */
export interface ManagedLink extends Link {
  readonly health: Value<LinkHealth>
  /** What the two ends say to one another about their media lines (C3), beside the control channel's messages. */
  readonly media: LinkMessages
}

/** Messages of one kind, whole and in order. What comes before anybody listens is kept. */
export interface LinkMessages {
  send(message: Bytes): void
  listen(listener: (message: Bytes) => void): void
  /** What came is no such message: ends the Link (L7). */
  refuse(why: string): void
  /** While `isAwaited`, silence is borne for as long as a call waits (C5). */
  bearSilence(isAwaited: () => boolean): void
}

export interface CreateLinkOptions {
  wire: Wire
  /** Who is there, proved. */
  device: DeviceId
  clock: Clock
  report: (event: LinkDiagnostic) => void
}

export interface LinkOverWire {
  link: ManagedLink
  receive(frame: Bytes): void
  wireClosed(): void
}

type CloseListener = (reason: LinkCloseReason) => void

/** The Link once both sides have proved themselves: framing, order, backpressure and liveness put together (L4–L7). */
export const createLink = ({ wire, device, clock, report }: CreateLinkOptions): LinkOverWire => {
  const health = createValue<LinkHealth>({ status: 'ok' })
  const closeListeners: CloseListener[] = []
  const decoder = createFrameDecoder()
  let closedFor: LinkCloseReason | undefined

  /** A bug in who listens is told and ends there: the state of the Link must not hang on it. */
  const tell = (to: 'close' | 'health', call: () => void): void => {
    try {
      call()
    } catch (error) {
      report({ type: 'listenerThrew', device, listener: to, error })
    }
  }

  const reportThrow = (channel: LinkChannel, error: unknown): void => {
    report({ type: 'listenerThrew', device, listener: channel, error })
  }
  const mailbox = createMailbox(reportThrow)
  const mediaMailbox = createMailbox(reportThrow)
  const outbox = createOutbox({
    wire,
    clock,
    onDrained: () => {
      liveness.heard()
    },
    onStuck: () => {
      close({ type: 'closedHere', why: 'stuck: the other side does not take what waits' })
    },
  })
  const sendControl = (message: ControlMessage): void => {
    outbox.send(linkChannels.control, encodeControl(message))
  }
  let isAwaited = (): boolean => false
  const liveness = createLiveness({
    clock,
    isAwaited: () => isAwaited(),
    sendPing: (number) => {
      sendControl({ type: 'ping', number })
    },
    onHealth: (value) => {
      tell('health', () => {
        health.set(value)
      })
    },
    onDead: () => {
      close({ type: 'dead' })
    },
  })

  const close = (reason: LinkCloseReason, theirReason?: ByeReason): void => {
    if (closedFor !== undefined) return
    closedFor = reason
    liveness.stop()
    mailbox.close()
    mediaMailbox.close()
    // Who has closed or torn the wire there needs no good-bye.
    outbox.close(
      reason.type === 'closedThere' ? undefined : encodeControl({ type: 'bye', reason: reason.type }),
    )
    wire.close()
    report({ type: 'closed', device, reason, ...(theirReason && { theirReason }) })
    for (const listener of closeListeners.splice(0)) {
      tell('close', () => {
        listener(reason)
      })
    }
  }

  const deliver = (channel: LinkChannel, message: Bytes, box = mailbox): void => {
    if (!box.deliver(channel, message))
      close({ type: 'closedHere', why: `nobody listens on channel ${channel}` })
  }

  const receiveControl = (bytes: Bytes): void => {
    const parsed = parseControl(bytes)
    if (!parsed.ok) {
      close({ type: 'badFrame', why: parsed.problem.type })
      return
    }
    const message = parsed.value
    switch (message.type) {
      case 'message':
        deliver(linkChannels.control, message.body)
        return
      case 'media':
        deliver(linkChannels.control, message.body, mediaMailbox)
        return
      case 'ping':
        // One answer waits at a time, so a flood of pings that reads no answers costs us nothing.
        if (!outbox.isWaiting(linkChannels.control)) sendControl({ type: 'pong', number: message.number })
        return
      case 'pong':
        liveness.answered(message.number)
        return
      case 'bye':
        close({ type: 'closedThere' }, message.reason)
        return
    }
  }

  const link: ManagedLink = {
    device,
    health,
    media: {
      send: (body) => sendControl({ type: 'media', body }),
      listen: (listener) => mediaMailbox.listen(linkChannels.control, listener),
      refuse: (why) => close({ type: 'badFrame', why }),
      bearSilence(whether) {
        isAwaited = whether
      },
    },
    get isOpen() {
      return closedFor === undefined
    },
    send(channel, message) {
      const bytes =
        channel === linkChannels.control ? encodeControl({ type: 'message', body: message }) : message
      if (bytes.length > linkLimits.maxMessageBytes)
        throw new RangeError(`a message of ${bytes.length} bytes, over ${linkLimits.maxMessageBytes}`)
      outbox.send(channel, bytes)
    },
    listen: mailbox.listen,
    onClose(listener) {
      const reason = closedFor
      if (reason === undefined) closeListeners.push(listener)
      else
        tell('close', () => {
          listener(reason)
        })
    },
    close,
  }

  liveness.start()

  return {
    link,
    receive(frame) {
      if (closedFor !== undefined) return
      liveness.heard()
      const decoded = decoder.decode(frame)
      if (!decoded.ok) {
        close({ type: 'badFrame', why: decoded.problem.type })
        return
      }
      if (decoded.value === undefined) return
      const { channel, message } = decoded.value
      if (channel === linkChannels.control) receiveControl(message)
      else deliver(channel, message)
    },
    wireClosed() {
      close({ type: 'closedThere' })
    },
  }
}
