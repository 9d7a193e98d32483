import { equalityDeep } from 'lib0/function'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { callLimits } from '../../../shared/limits.ts'
import { change, type Turn } from './call-events.ts'
import type { CallMachine, Stay } from './call-state.ts'
import { dueTimers } from './expire.ts'
import { isSure, participantsIn } from './participants.ts'
import type { CallMessage, PresentStay } from './words.ts'

const stayOf = ({ call }: CallMachine): Stay | undefined => ('stay' in call ? call.stay : undefined)

/** What the outside is to do so that it fits the state: only what differs from the step before. */
export const fit = (turn: Turn, before: CallMachine): void => {
  tellAll(turn)
  fitMedia(turn)
  fitTimers(turn)
  const [was, is] = [stayOf(before)?.sending, stayOf(turn.state)?.sending]
  if (!equalityDeep(was, is)) turn.effects.push({ type: 'setSending', sending: is })
  if (before.cutOff !== turn.state.cutOff) turn.effects.push({ type: 'remember', call: turn.state.cutOff })
}

const presenceOf = ({ call }: CallMachine): PresentStay | undefined =>
  'stay' in call
    ? {
        call: call.stay.call,
        phase: call.status === 'ringingOut' ? 'ringingOut' : 'inCall',
        entered: call.stay.entered,
        enteredAtMs: call.stay.enteredAtMs,
        // What somebody has said to who called them is not for the others.
        called: call.stay.called.map(({ account, state }) => ({ account, state })),
        sending: call.stay.sending,
      }
    : undefined

/**
 * State, not events: whoever may know of this device's call is told how it is now, at once and on every new Link, and whoever was told of
 * one is told when it is over. Nobody else hears anything, so a private room's calls show that it exists to its members only.
 */
const tellAll = (turn: Turn): void => {
  const { facts, nowMs } = turn
  const fresh = presenceOf(turn.state)
  if (!equalityDeep(fresh, turn.state.presence)) change(turn, { presence: fresh })
  const { presence, last, peers, told } = turn.state
  const wantedBy = (device: DeviceId): PresentStay | undefined => {
    const account = facts.accountOf(device)
    return presence && account !== undefined && facts.mayHear(presence.call.room, account)
      ? presence
      : undefined
  }
  const toTell = [...peers.values()].filter(
    ({ device, isLinked }) => isLinked && told.get(device) !== wantedBy(device),
  )
  if (toTell.length === 0) return
  // Each time a higher one, also where the same is said again: what a device hears last is to hold.
  const sequence = Math.max(turn.state.sequence + 1, nowMs)
  const toldNow = new Map(told)
  for (const { device } of toTell) {
    const stay = wantedBy(device)
    if (stay) toldNow.set(device, stay)
    else toldNow.delete(device)
    const { call, hasWritten } = last ?? { call: presence?.call.id, hasWritten: false }
    const message: CallMessage | undefined = stay
      ? { type: 'presence', sequence, stay }
      : call && { type: 'left', sequence, call, hasWritten }
    if (message) turn.effects.push({ type: 'tell', device, message })
  }
  change(turn, { sequence, told: toldNow })
}

/** Lines to every device that is in our call for sure; a mesh of at most `callLimits.maxDevices` (C4). */
const fitMedia = (turn: Turn): void => {
  const { state, facts, effects } = turn
  const stay = stayOf(state)
  const inIt = stay ? participantsIn(state, stay.call.room, facts).filter(isSure) : []
  const devices = inIt.map(({ peer }) => peer.device)
  const kept = devices.filter((device) => state.open.has(device))
  const added = devices.filter((device) => !state.open.has(device))
  const open = new Set([...kept, ...added].slice(0, callLimits.maxDevices - 1))
  const closed = [...state.open].filter((device) => !open.has(device))
  const opened = added.filter((device) => open.has(device))
  if (closed.length === 0 && opened.length === 0) return
  for (const device of closed) effects.push({ type: 'closeMedia', device })
  for (const device of opened) {
    effects.push({ type: 'openMedia', device })
    const tiles = state.shows.get(device)
    if (tiles) effects.push({ type: 'tell', device, message: { type: 'tiles', ...tiles } })
  }
  const peers = new Map(state.peers)
  for (const device of closed) {
    const peer = peers.get(device)
    if (peer) peers.set(device, { ...peer, hasMedia: false })
  }
  change(turn, { open, peers })
}

const fitTimers = (turn: Turn): void => {
  const { state, effects, nowMs } = turn
  const due = dueTimers(state)
  let isSame = due.size === state.timers.size
  for (const name of state.timers.keys()) if (!due.has(name)) effects.push({ type: 'stopTimer', name })
  for (const [name, atMs] of due) {
    if (state.timers.get(name) === atMs) continue
    isSame = false
    effects.push({ type: 'startTimer', name, afterMs: Math.max(atMs - nowMs, 0) })
  }
  if (!isSame) change(turn, { timers: due })
}
