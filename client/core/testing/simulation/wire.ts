import type { DeviceId } from '../../../../shared/identifiers.ts'
import { linkChannels, type Link, type LinkChannel, type LinkCloseReason } from '../../ports.ts'
import type { Dice } from './dice.ts'
import type { Events } from './events.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** How a line between two devices behaves. */
export interface Line {
  /** The least time a message takes, and by how much more it may differ. */
  delayMs: number
  jitterMs: number
  /** In percent of the messages on the pages channel, each of which stands alone. A real Link does none of this. */
  drops: number
  duplicates: number
  reorders: number
}

export interface WireOptions {
  events: Events
  dice: Dice
  line: Line
  left: DeviceId
  right: DeviceId
  onDelivery(from: DeviceId, to: DeviceId, channel: LinkChannel, message: Bytes): void
  /** A fault planted on purpose: messages are lost although the Link stays. */
  swallows: boolean
}

/** Two Links that are the ends of one wire. */
export interface Wire {
  readonly ends: readonly [WireEnd, WireEnd]
  /** From here on it loses nothing. Says whether it did before, or doubled or turned round: a Link that did so would be closed. */
  repair(): 'sound' | 'spoilt'
  /** What is under way is lost. Each end takes its time to notice. */
  cut(): void
  /** The same, where one end is there no more and notices nothing. */
  abandon(device: DeviceId): void
}

export interface WireEnd extends Link {
  /** Something that is no message, told in turn with those of the channel. */
  tell(channel: LinkChannel, hear: () => void): void
}

export const createWire = ({ events, dice, line, left, right, onDelivery, swallows }: WireOptions): Wire => {
  let isCut = false
  let isSpoilt = false
  let isRepaired = false
  const canFail = line.drops + line.duplicates + line.reorders > 0

  const after = (ms: number, run: () => void): void => {
    events.after(ms, () => {
      if (!isCut) run()
    })
  }
  const delay = (): number => line.delayMs + dice.below(line.jitterMs + 1)

  /** In order within a channel; between channels as it comes. */
  const createCarrier = () => {
    const lastDue = new Map<LinkChannel, number>()
    return (channel: LinkChannel, deliver: () => void): void => {
      if (swallows && dice.percent(10)) return
      const isLoose = canFail && channel === linkChannels.pages && !isRepaired
      if (isLoose && dice.percent(line.drops)) {
        isSpoilt = true
        return
      }
      if (isLoose && dice.percent(line.duplicates)) {
        isSpoilt = true
        after(delay() * 3, deliver)
      }
      if (isLoose && dice.percent(line.reorders)) {
        isSpoilt = true
        after(delay() * 3, deliver)
        return
      }
      const due = Math.max(events.now() + delay(), lastDue.get(channel) ?? 0)
      lastDue.set(channel, due)
      after(due - events.now(), deliver)
    }
  }

  const createEnd = (here: DeviceId, there: DeviceId, peer: () => Receiver): WireEnd & Receiver => {
    const listeners = new Map<LinkChannel, (message: Bytes) => void>()
    const kept: { channel: LinkChannel; message: Bytes }[] = []
    const closers: ((reason: LinkCloseReason) => void)[] = []
    const carry = createCarrier()
    let isOpen = true
    return {
      device: there,
      get isOpen() {
        return isOpen
      },
      send(channel, message) {
        if (isOpen) carry(channel, () => peer().receive(channel, message))
      },
      tell(channel, hear) {
        if (isOpen) carry(channel, hear)
      },
      receive(channel, message) {
        if (!isOpen) return
        onDelivery(there, here, channel, message)
        const listener = listeners.get(channel)
        if (listener) listener(message)
        else kept.push({ channel, message })
      },
      listen(channel, listener) {
        listeners.set(channel, listener)
        for (const { message } of kept.filter((one) => one.channel === channel)) listener(message)
      },
      onClose: (listener) => void closers.push(listener),
      close(reason) {
        if (!isOpen) return
        isOpen = false
        isCut = true
        for (const closer of closers) closer(reason)
        events.after(delay(), () => peer().close({ type: 'closedThere' }))
      },
      forsake() {
        isOpen = false
        closers.length = 0
      },
    }
  }
  const near: WireEnd & Receiver = createEnd(left, right, () => far)
  const far: WireEnd & Receiver = createEnd(right, left, () => near)

  const breakOff = (ends: readonly WireEnd[]): void => {
    isCut = true
    for (const end of ends) events.after(dice.pick([0, 30, 2_000, 15_000]), () => end.close({ type: 'dead' }))
  }

  return {
    ends: [near, far],
    repair() {
      isRepaired = true
      return isSpoilt ? 'spoilt' : 'sound'
    },
    cut: () => breakOff([near, far]),
    abandon(device) {
      const gone = device === left ? near : far
      gone.forsake()
      breakOff([gone === near ? far : near])
    },
  }
}

interface Receiver {
  receive(channel: LinkChannel, message: Bytes): void
  close(reason: LinkCloseReason): void
  /** Nobody is there any more to hear of its end. */
  forsake(): void
}
