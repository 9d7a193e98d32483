import type { DeviceId } from '../../../../shared/identifiers.ts'
import type { Family } from '../../group/family.ts'
import type { Device } from '../../identity/device.ts'
import {
  linkChannels,
  type Link,
  type LinkCloseReason,
  type Network,
  type Presence,
  type ServerStatus,
} from '../../ports.ts'
import { createValue } from '../../value.ts'
import { createFamilyCarrier } from './family-carrier.ts'
import type { WireEnd } from './wire.ts'

export interface MemberOptions {
  device: Device
  family: Family
  /** What no honest device gives cause for. */
  onTrouble(what: string): void
  /** Somebody has begun to put this device out. */
  mayBeOut(device: DeviceId): boolean
}

/** What a device tells those it is linked to of itself. */
interface Told {
  presence: Presence
  linkedTo: ReadonlySet<DeviceId>
}

/** A device that is in the network. */
export interface Member extends MemberOptions {
  isHere: boolean
  open(end: WireEnd): void
  hear(from: DeviceId, told: Told): void
}

/** One device's side: its Links, what the others told it of themselves, and the family document. */
export const createMember = (
  { device, family, onTrouble, mayBeOut }: MemberOptions,
  members: ReadonlyMap<DeviceId, Member>,
): { member: Member; network: Network } => {
  const links = createValue<readonly Link[]>([])
  const presence = createValue<ReadonlyMap<DeviceId, Presence>>(new Map())
  const ends = new Map<DeviceId, WireEnd>()
  const told = new Map<DeviceId, Told>()
  let mine: Presence = {}

  const areLinked = (one: DeviceId, other: DeviceId): boolean => told.get(one)?.linkedTo.has(other) ?? false
  const carrier = createFamilyCarrier({
    doc: family.doc,
    admit: async (update, from) => {
      const verdict = await family.admit(update, from)
      return verdict === 'known' ? 'admitted' : verdict
    },
    links: () => [...ends.values()],
    areLinked,
    onRefusal: (refusal) => {
      if (!mayBeOut(refusal.device)) onTrouble(`refused ${JSON.stringify(refusal)}`)
    },
    onBug: (error) => onTrouble(`bug in the family gate: ${String(error)}`),
  })

  const tellAll = (): void => {
    const now = { presence: mine, linkedTo: new Set(ends.keys()) }
    for (const [to, end] of ends) end.tell(linkChannels.family, () => members.get(to)?.hear(device.id, now))
  }
  const showPresence = (): void =>
    presence.set(new Map([...told].map(([from, { presence: theirs }]) => [from, theirs])))

  const onClose = (end: WireEnd, reason: LinkCloseReason): void => {
    if (reason.type === 'refused' && !mayBeOut(end.device)) onTrouble(`closed a Link: ${reason.why}`)
    if (ends.get(end.device) !== end) return // another has taken its place (L3)
    ends.delete(end.device)
    told.delete(end.device)
    links.set([...ends.values()])
    tellAll()
    showPresence()
  }

  const member: Member = {
    device,
    family,
    isHere: true,
    onTrouble,
    mayBeOut,
    open(end) {
      ends.get(end.device)?.close({ type: 'replaced' })
      const peer = members.get(end.device)
      if (!peer) return
      ends.set(end.device, end)
      end.onClose((reason) => {
        if (member.isHere) onClose(end, reason)
      })
      carrier.attach(end, peer.device)
      links.set([...ends.values()])
      tellAll()
    },
    hear(from, now) {
      if (!member.isHere || !ends.has(from)) return
      told.set(from, now)
      showPresence()
    },
  }

  const closeStrangers = (): void => {
    for (const end of [...ends.values()]) {
      const standing = family.standingOf(end.device)
      if (standing !== 'member' && standing !== 'unknown') end.close({ type: 'closedHere', why: standing })
    }
  }
  const stopListening = family.state.subscribe(closeStrangers)

  const network: Network = {
    server: createValue<ServerStatus>('connected'),
    links,
    presence,
    setPresence(now) {
      mine = now
      tellAll()
    },
    areLinked,
    askFamily(of) {
      const end = ends.get(of)
      if (end) carrier.ask(end)
    },
    onRefusal: () => () => undefined,
    close() {
      stopListening()
      carrier.close()
      for (const end of [...ends.values()]) end.close({ type: 'closedHere', why: 'closed' })
    },
  }
  return { member, network }
}
