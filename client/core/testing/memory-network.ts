import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as syncProtocol from 'y-protocols/sync'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { LinkWay } from '../doctor.ts'
import type { Family } from '../group/family.ts'
import { createSerial } from '../log/serial.ts'
import {
  linkChannels,
  type Clock,
  type Link,
  type LinkChannel,
  type LinkCloseReason,
  type LinkRefusal,
  type Network,
  type Presence,
  type ServerStatus,
} from '../ports.ts'
import { isOfReading } from '../sync/messages.ts'
import { createValue } from '../value.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Where devices meet in memory. Messages take `delayMs` of the given clock and keep their order. */
export interface Hub {
  join(device: DeviceId, family: Pick<Family, 'doc' | 'admit'>): Network
  connect(left: DeviceId, right: DeviceId): void
  /** Both sides notice at once; what was under way is lost. */
  cut(left: DeviceId, right: DeviceId): void
  /** What the browser of `from` tells of the way to `to`. */
  tellWay(from: DeviceId, to: DeviceId, isRelayed: boolean): void
  /** What the network of `device` refuses by itself, as where somebody does not belong to the family. */
  refuse(device: DeviceId, refusal: LinkRefusal): void
  /** How many messages of page sync, and how many bytes of them, went over the pages channel. */
  readonly traffic: { messages: number; bytes: number }
  /** Hears of each message of page sync that has come to its device. */
  onDelivery(listener: (delivery: Delivery) => void): void
}

export interface Delivery {
  from: DeviceId
  to: DeviceId
  bytes: Bytes
}

export interface Wires {
  delayMs?: number
  /** How many messages come in one turn at most: what comes faster than it is looked at waits at its device. */
  together?: number
}

interface Member {
  device: DeviceId
  links: ReturnType<typeof createValue<readonly Link[]>>
  presence: ReturnType<typeof createValue<ReadonlyMap<DeviceId, Presence>>>
  ways: ReturnType<typeof createValue<ReadonlyMap<DeviceId, LinkWay>>>
  mine: Presence
  refusalListeners: Set<(refusal: LinkRefusal) => void>
  open(link: Link): void
  askFamily(of: DeviceId): void
}

export const createHub = (clock: Clock, { delayMs = 1, together = 1 }: Wires = {}): Hub => {
  const members = new Map<DeviceId, Member>()
  const traffic = { messages: 0, bytes: 0 }
  const deliveryListeners = new Set<(delivery: Delivery) => void>()
  const ends = new Map<string, End[]>()
  const nameOf = (left: DeviceId, right: DeviceId) => [left, right].sort().join(' ')

  const isOfPages = (channel: LinkChannel, bytes: Bytes) =>
    channel === linkChannels.pages && !isOfReading(bytes)

  return {
    traffic,
    onDelivery: (listener) => void deliveryListeners.add(listener),
    join(device, family) {
      const member = createMember(device, family, members)
      members.set(device, member)
      return {
        server: createValue<ServerStatus>('connected'),
        links: member.links,
        presence: member.presence,
        ways: member.ways,
        setPresence(presence) {
          member.mine = presence
          for (const link of member.links.get()) tell(members.get(link.device), device, presence)
        },
        areLinked: (one, other) =>
          members
            .get(one)
            ?.links.get()
            .some((link) => link.device === other) ?? false,
        askFamily: (of) => member.askFamily(of),
        onRefusal(listener) {
          member.refusalListeners.add(listener)
          return () => member.refusalListeners.delete(listener)
        },
        close() {
          for (const link of member.links.get()) link.close({ type: 'closedHere', why: 'closed' })
          members.delete(device)
        },
      }
    },
    connect(left, right) {
      const one = members.get(left)
      const other = members.get(right)
      if (!one || !other || one.links.get().some((link) => link.device === right)) return
      const [near, far] = createLinkPair(left, right, {
        clock,
        delayMs,
        together,
        onSend(channel, bytes) {
          if (!isOfPages(channel, bytes)) return
          traffic.messages += 1
          traffic.bytes += bytes.length
        },
        onDelivery(channel, delivery) {
          if (!isOfPages(channel, delivery.bytes)) return
          for (const listener of [...deliveryListeners]) listener(delivery)
        },
      })
      ends.set(nameOf(left, right), [near, far])
      one.open(near)
      other.open(far)
      tell(other, left, one.mine)
      tell(one, right, other.mine)
    },
    tellWay(from, to, isRelayed) {
      const ways = members.get(from)?.ways
      ways?.set(new Map([...ways.get(), [to, { isRelayed, delayMs: undefined }]]))
    },
    refuse(device, refusal) {
      for (const listener of members.get(device)?.refusalListeners ?? []) listener(refusal)
    },
    cut(left, right) {
      for (const end of ends.get(nameOf(left, right)) ?? []) end.close({ type: 'dead' })
      ends.delete(nameOf(left, right))
    },
  }
}

const tell = (member: Member | undefined, device: DeviceId, presence: Presence) =>
  member?.presence.set(new Map([...member.presence.get(), [device, presence]]))

const createMember = (
  device: DeviceId,
  { doc, admit }: Pick<Family, 'doc' | 'admit'>,
  members: ReadonlyMap<DeviceId, Member>,
): Member => {
  const links = createValue<readonly Link[]>([])
  const presence = createValue<ReadonlyMap<DeviceId, Presence>>(new Map())
  const ways = createValue<ReadonlyMap<DeviceId, LinkWay>>(new Map())
  const inbox = createSerial()

  /** y-protocols over the family channel, each update past the gate, as the real network does. */
  const handle = async (link: Link, bytes: Bytes) => {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    const content = new Uint8Array(decoding.readVarUint8Array(decoder))
    if (type === syncProtocol.messageYjsSyncStep1) {
      const answer = encoding.createEncoder()
      syncProtocol.writeSyncStep2(answer, doc, content)
      link.send(linkChannels.family, new Uint8Array(encoding.toUint8Array(answer)))
      return
    }
    const verdict = await admit(content, link.device)
    const isAnswer = type === syncProtocol.messageYjsSyncStep2
    if (verdict === 'gap' || (verdict === 'early' && !isAnswer)) ask(link)
    if (verdict === 'admitted')
      syncProtocol.readSyncMessage(decoding.createDecoder(bytes), encoding.createEncoder(), doc, link)
  }
  const ask = (link: Link) => {
    const question = encoding.createEncoder()
    syncProtocol.writeSyncStep1(question, doc)
    link.send(linkChannels.family, new Uint8Array(encoding.toUint8Array(question)))
  }
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    const from = links.get().find((link) => link === origin)
    for (const link of links.get()) {
      const hasIt =
        from &&
        (link === from ||
          members
            .get(from.device)
            ?.links.get()
            .some((l) => l.device === link.device))
      if (hasIt) continue
      const message = encoding.createEncoder()
      syncProtocol.writeUpdate(message, update)
      link.send(linkChannels.family, new Uint8Array(encoding.toUint8Array(message)))
    }
  })

  return {
    device,
    links,
    presence,
    ways,
    mine: {},
    refusalListeners: new Set(),
    open(link) {
      links.set([...links.get(), link])
      link.onClose(() => {
        links.set(links.get().filter((other) => other !== link))
        presence.set(new Map([...presence.get()].filter(([other]) => other !== link.device)))
      })
      link.listen(linkChannels.family, (bytes) => void inbox.run(() => handle(link, bytes)))
      ask(link)
    },
    askFamily(of) {
      for (const link of links.get()) if (link.device === of) ask(link)
    },
  }
}

interface End extends Link {
  receive(channel: LinkChannel, message: Bytes): void
}

interface PairOptions extends Required<Wires> {
  clock: Clock
  onSend(channel: LinkChannel, bytes: Bytes): void
  onDelivery(channel: LinkChannel, delivery: Delivery): void
}

const createLinkPair = (
  left: DeviceId,
  right: DeviceId,
  { clock, delayMs, together, onSend, onDelivery }: PairOptions,
): [End, End] => {
  const createEnd = (device: DeviceId, peer: () => End): End => {
    const underWay: { channel: LinkChannel; message: Bytes; due: number }[] = []
    const listeners = new Map<LinkChannel, (message: Bytes) => void>()
    const kept: { channel: LinkChannel; message: Bytes }[] = []
    const closers: ((reason: LinkCloseReason) => void)[] = []
    let isOpen = true
    return {
      device,
      get isOpen() {
        return isOpen
      },
      send(channel, message) {
        onSend(channel, message)
        underWay.push({ channel, message, due: clock.now() + delayMs })
        clock.setTimer(() => {
          for (let left = together; left > 0 && isOpen; left--) {
            const [next] = underWay
            if (!next || next.due > clock.now()) return
            underWay.shift()
            peer().receive(next.channel, next.message)
            onDelivery(next.channel, { from: peer().device, to: device, bytes: next.message })
          }
        }, delayMs)
      },
      receive(channel, message) {
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
        for (const closer of closers) closer(reason)
        peer().close({ type: 'closedThere' })
      },
    }
  }
  const near: End = createEnd(right, () => far)
  const far: End = createEnd(left, () => near)
  return [near, far]
}
