import type { DeviceId } from '../../../shared/identifiers.ts'
import { change, type Turn } from './call-events.ts'
import type { Peer, Stay } from './call-state.ts'
import { declineAgain, handle } from './incoming.ts'
import { allParticipants, type Participant } from './participants.ts'
import type { CallId, CallMessage, PresentStay } from './words.ts'

const strangerOf = (device: DeviceId): Peer => ({
  device,
  isLinked: false,
  sequence: undefined,
  stay: undefined,
  lostAtMs: undefined,
  hasMedia: false,
  hadMedia: false,
  tiles: undefined,
  report: undefined,
})

const setPeer = (turn: Turn, device: DeviceId, changed: Partial<Peer>): void => {
  const peer = turn.state.peers.get(device) ?? strangerOf(device)
  const peers = new Map(turn.state.peers)
  peers.set(device, { ...peer, ...changed })
  change(turn, { peers })
}

const setStay = (turn: Turn, changed: Partial<Stay>): void => {
  const { call } = turn.state
  if ('stay' in call) change(turn, { call: { ...call, stay: { ...call.stay, ...changed } } })
}

const stayOf = ({ state }: Turn): Stay | undefined => ('stay' in state.call ? state.call.stay : undefined)
const isOurs = (stay: Stay, call: CallId): boolean => stay.call.id === call || stay.aliases.includes(call)

export const linkUp = (turn: Turn, device: DeviceId): void =>
  setPeer(turn, device, { isLinked: true, sequence: undefined })

/** What it said last may still hold: it is waited for, for a while (C5). */
export const linkDown = (turn: Turn, device: DeviceId): void => {
  const peer = turn.state.peers.get(device)
  if (!peer) return
  setPeer(turn, device, {
    isLinked: false,
    sequence: undefined,
    hasMedia: false,
    tiles: undefined,
    report: undefined,
    lostAtMs: peer.stay ? (peer.lostAtMs ?? turn.nowMs) : undefined,
  })
  if (turn.state.told.has(device)) change(turn, { told: new Map(turn.state.told).set(device, 'stale') })
}

export const mediaUp = (turn: Turn, device: DeviceId): void => {
  if (!turn.state.open.has(device)) return
  setPeer(turn, device, { hasMedia: true, hadMedia: true })
  setStay(turn, { hasConnected: true })
}

export const mediaDown = (turn: Turn, device: DeviceId): void => {
  if (turn.state.peers.has(device)) setPeer(turn, device, { hasMedia: false })
}

/** It is in that call no more; nothing of it is left here. */
export const forgetStay = (turn: Turn, device: DeviceId, how: Stay['lastGone']): void => {
  const peer = turn.state.peers.get(device)
  const stay = stayOf(turn)
  if (peer?.stay && stay?.call.room === peer.stay.call.room) setStay(turn, { lastGone: how })
  setPeer(turn, device, {
    stay: undefined,
    lostAtMs: undefined,
    hadMedia: false,
    tiles: undefined,
    report: undefined,
  })
}

/** A device speaks for itself only, whatever it says (C2). */
export const hear = (turn: Turn, device: DeviceId, message: CallMessage): void => {
  const peer = turn.state.peers.get(device)
  if (!peer?.isLinked) return
  switch (message.type) {
    case 'presence':
    case 'left':
      if (peer.sequence !== undefined && message.sequence <= peer.sequence) return
      setPeer(turn, device, { sequence: message.sequence })
      if (message.type === 'presence') hearPresence(turn, device, message.stay)
      else hearLeft(turn, device, message)
      return
    case 'decline':
      hearDecline(turn, device, message)
      return
    case 'reaction':
      if (isWithUs(turn, device)) turn.effects.push({ type: 'showReaction', device, emoji: message.emoji })
      return
    case 'tiles': {
      const { camera, screen } = message
      if (isWithUs(turn, device)) setPeer(turn, device, { tiles: { camera, screen } })
      return
    }
    case 'quality': {
      const { rttMs, lossPerMille } = message
      if (isWithUs(turn, device)) setPeer(turn, device, { report: { rttMs, lossPerMille } })
      return
    }
  }
}

const participant = (turn: Turn, device: DeviceId): Participant | undefined =>
  allParticipants(turn.state, turn.facts).find(({ peer }) => peer.device === device)

const isWithUs = (turn: Turn, device: DeviceId): boolean =>
  participant(turn, device)?.stay.call.room === stayOf(turn)?.call.room

const hearPresence = (turn: Turn, device: DeviceId, stay: PresentStay): void => {
  const before = turn.state.peers.get(device)?.stay
  if (before && before.call.room !== stay.call.room) forgetStay(turn, device, 'left')
  setPeer(turn, device, { stay, lostAtMs: undefined })
  const caller = participant(turn, device)
  if (caller) declineAgain(turn, caller)
}

const hearLeft = (
  turn: Turn,
  device: DeviceId,
  { call, hasWritten }: Extract<CallMessage, { type: 'left' }>,
): void => {
  const stay = stayOf(turn)
  if (hasWritten) {
    if (stay && isOurs(stay, call)) setStay(turn, { isWritten: true })
    const { closing } = turn.state
    change(turn, {
      closing: closing.filter(({ summary }) => summary.id !== call || summary.aliases.length > 0),
    })
  }
  if (turn.state.peers.get(device)?.stay) forgetStay(turn, device, 'left')
}

const hearDecline = (
  turn: Turn,
  device: DeviceId,
  { call, reason, text }: Extract<CallMessage, { type: 'decline' }>,
): void => {
  const account = turn.facts.accountOf(device)
  if (account === turn.facts.account) handle(turn, [call])
  const stay = stayOf(turn)
  if (!stay || !isOurs(stay, call)) return
  const isAsked = stay.called.some((one) => one.account === account && one.state === 'ringing')
  if (!isAsked) return
  setStay(turn, {
    called: stay.called.map((one) =>
      one.account === account ? { ...one, state: reason, ...(text !== '' && { text }) } : one,
    ),
  })
}
