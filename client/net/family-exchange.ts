import { encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import type { WebrtcConn } from 'y-webrtc'
import type * as Y from 'yjs'
import type { DeviceId } from '../../shared/identifiers.ts'
import {
  linkChannels,
  type Clock,
  type FeedId,
  type Link,
  type LinkRefusal,
  type Presence,
} from '../core/ports.ts'
import { createValue, type Value } from '../core/value.ts'
import type { WithheldListeners } from './connection.ts'
import { createFamilyGate, type Admit } from './family-gate.ts'
import { encodeAsk, encodeAwareness, encodeUpdate, isAwareness } from './family-message.ts'
import { createFamilyRoom, type FamilyRoom } from './family-room.ts'
import { parseAwarenessState, presenceOf, type AwarenessState } from './presence.ts'

export interface FamilyExchangeOptions {
  doc: Y.Doc
  admit: Admit
  self: { id: DeviceId; feed: FeedId }
  /** Of y-webrtc's room; never the same for two pages. */
  name: string
  onBug: (error: unknown) => void
  onRefusal: (refusal: LinkRefusal) => void
  clock?: Pick<Clock, 'now' | 'setTimer'> | undefined
}

/** An open Link and the y-webrtc connection under it. */
export interface FamilyMember {
  link: Link
  feed: FeedId
  conn: WebrtcConn
  withheld: WithheldListeners
}

export interface FamilyExchange {
  readonly room: FamilyRoom['room']
  readonly presence: Value<ReadonlyMap<DeviceId, Presence>>
  /** Lets y-webrtc and this device talk. Takes the place of an older Link of the device (L3). */
  attach(member: FamilyMember): void
  detach(link: Link): void
  setPresence(presence: Presence): void
  areLinked(device: DeviceId, other: DeviceId): boolean
  /** Asks `device` for what we lack. */
  ask(device: DeviceId): void
  destroy(): void
}

/** y-webrtc for the family document and for who is here, over Links and through the gate. */
export const createFamilyExchange = async (options: FamilyExchangeOptions): Promise<FamilyExchange> => {
  const { doc, self } = options
  const members = new Map<DeviceId, FamilyMember>()
  const presence = createValue<ReadonlyMap<DeviceId, Presence>>(new Map())
  let own: Presence = {}
  /** Whose message y-webrtc is taking in just now, so that what comes of it is not sent back. */
  let takingFrom: DeviceId | undefined

  const send = (link: Link, message: Uint8Array<ArrayBuffer>): void => {
    if (link.isOpen) link.send(linkChannels.family, message)
  }

  const stateOf = ({ link, feed }: FamilyMember): AwarenessState | undefined =>
    parseAwarenessState(awareness.getStates().get(feed), link.device)

  const areLinked = (device: DeviceId, other: DeviceId): boolean => {
    const member = members.get(device)
    const feed = members.get(other)?.feed
    return member !== undefined && feed !== undefined && (stateOf(member)?.linkedTo.includes(feed) ?? false)
  }

  /** Own changes go to all; those of another to whom it does not reach itself, so that they cross gaps in the mesh (Y3). */
  const onUpdate = (update: Uint8Array): void => {
    const from = takingFrom
    const message = encodeUpdate(update)
    for (const { link } of members.values()) {
      const knows = from !== undefined && (link.device === from || areLinked(from, link.device))
      if (!knows) send(link, message)
    }
  }

  const encodeOwnState = (): Uint8Array<ArrayBuffer> =>
    encodeAwareness(encodeAwarenessUpdate(awareness, [self.feed]))

  const showPresence = (): void => {
    const shown = new Map<DeviceId, Presence>()
    for (const member of members.values()) {
      const state = stateOf(member)
      if (state !== undefined) shown.set(member.link.device, presenceOf(state))
    }
    presence.set(shown)
  }

  /** Each speaks for itself only, so nothing is passed on. */
  const onAwareness = ({
    added,
    updated,
    removed,
  }: Record<'added' | 'updated' | 'removed', number[]>): void => {
    if ([...added, ...updated, ...removed].includes(self.feed)) {
      for (const { link } of members.values()) send(link, encodeOwnState())
    }
    showPresence()
  }

  const { room, awareness, destroy } = await createFamilyRoom({
    doc,
    feed: self.feed,
    name: options.name,
    onUpdate,
    onAwareness,
  })
  const gate = createFamilyGate(options)

  const showSelf = (): void => {
    const linkedTo = [...members.values()].map(({ feed }) => feed)
    awareness.setLocalState({ device: self.id, linkedTo, ...own })
  }
  showSelf()

  const ask = (link: Link): void => send(link, encodeAsk(doc))

  const detach = (link: Link): void => {
    const member = members.get(link.device)
    if (member?.link !== link) return
    members.delete(link.device)
    room.webrtcConns.delete(link.device)
    removeAwarenessStates(awareness, [member.feed], 'link closed')
    // A reloaded page counts from nought again, and would not be heard against its former clock.
    awareness.meta.delete(member.feed)
    showSelf()
    showPresence()
  }

  return {
    room,
    presence,
    attach(member) {
      const { link, feed, conn, withheld } = member
      const before = members.get(link.device)
      if (before !== undefined) detach(before.link)
      members.set(link.device, member)
      room.webrtcConns.set(link.device, conn)
      conn.peer.send = (message) => {
        // y-webrtc tells all it knows of who is here; a device speaks for itself only.
        send(link, isAwareness(message) ? encodeOwnState() : message)
      }
      showSelf()
      for (const listener of withheld.connect) listener()
      gate.attach({
        link,
        sender: { device: link.device, feed },
        ask: () => ask(link),
        pass(message) {
          takingFrom = link.device
          try {
            for (const listener of withheld.data) listener(message)
          } finally {
            takingFrom = undefined
          }
        },
      })
    },
    detach,
    setPresence(next) {
      own = next
      showSelf()
    },
    areLinked,
    ask(device) {
      const member = members.get(device)
      if (member !== undefined) ask(member.link)
    },
    destroy,
  }
}
