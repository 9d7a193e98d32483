import { callLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'
import { change, type Turn } from './call-events.ts'
import type { CallMachine, EndReason, IncomingRing } from './call-state.ts'
import { allParticipants, type Participant } from './participants.ts'
import { compareCalls, type CallId, type DeclineReason } from './words.ts'

/** What of others' calls concerns this person: who rings them, and which of their own devices is in a call. */
interface Heard {
  ringing: readonly Participant[]
  own: readonly Participant[]
}

const listen = ({ state, facts }: Turn): Heard => {
  const all = allParticipants(state, facts)
  return {
    ringing: all.filter(
      ({ account, stay }) =>
        account !== facts.account &&
        stay.called.some((called) => called.account === facts.account && called.state === 'ringing') &&
        !state.handled.includes(stay.call.id) &&
        !facts.isBlocked(account),
    ),
    own: all.filter(({ account }) => account === facts.account),
  }
}

/** These calls are answered for, by whichever device: they ring no more. */
export const handle = (turn: Turn, calls: readonly CallId[]): void => {
  const fresh = calls.filter((call) => !turn.state.handled.includes(call))
  if (fresh.length > 0)
    change(turn, { handled: [...turn.state.handled, ...new Set(fresh)].slice(-callLimits.maxHandled) })
}

const handleAll = (turn: Turn, ringing: readonly Participant[]): void =>
  handle(
    turn,
    ringing.map(({ stay }) => stay.call.id),
  )

/** Tells who rings, and one's own other devices, that this person does not come. */
export const decline = (
  turn: Turn,
  ringing: readonly Participant[],
  { reason, text }: { reason: DeclineReason; text: string },
): void => {
  const { facts, effects, state } = turn
  const calls = [...new Set(ringing.map(({ stay }) => stay.call.id))]
  for (const { peer, stay } of ringing)
    if (peer.isLinked)
      effects.push({
        type: 'tell',
        device: peer.device,
        message: { type: 'decline', call: stay.call.id, reason, text },
      })
  for (const peer of state.peers.values())
    if (peer.isLinked && facts.accountOf(peer.device) === facts.account)
      for (const call of calls)
        effects.push({
          type: 'tell',
          device: peer.device,
          message: { type: 'decline', call, reason, text: '' },
        })
  handle(turn, calls)
}

/** Declines what rings in a room. */
export const declineRoom = (turn: Turn, room: LogId, text: string): void =>
  decline(
    turn,
    listen(turn).ringing.filter(({ stay }) => stay.call.room === room),
    { reason: 'declined', text },
  )

/** A device that has declined while it was not linked to the caller, or whose word was lost, says it again when it is asked again. */
export const declineAgain = (turn: Turn, caller: Participant): void => {
  const { facts, state, effects } = turn
  const { call, called } = caller.stay
  const isAsked = called.some(({ account, state: at }) => account === facts.account && at === 'ringing')
  if (isAsked && caller.peer.isLinked && state.handled.includes(call.id) && !isMissed(state, call.id))
    effects.push({
      type: 'tell',
      device: caller.peer.device,
      message: { type: 'decline', call: call.id, reason: 'declined', text: '' },
    })
}

const isMissed = ({ missed }: CallMachine, call: CallId): boolean => missed.some((one) => one.call === call)

const noteMissed = (turn: Turn, { room, call, by }: Pick<IncomingRing, 'room' | 'call' | 'by'>): void => {
  if (isMissed(turn.state, call.id)) return
  const missed = [...turn.state.missed, { call: call.id, room, by, atMs: turn.nowMs }]
  change(turn, { missed: missed.slice(-callLimits.maxMissed) })
}

/** Brings what rings here up to date with all that is known. `reachedMs`: up to when rings have waited. */
export const settleIncoming = (turn: Turn, reachedMs: number): void => {
  if (turn.state.peers.size === 0 && turn.state.rings.size === 0) return
  answerBusy(turn)
  const { ringing, own } = listen(turn)
  const isEngaged = 'stay' in turn.state.call
  const takenRooms = new Set(own.map(({ stay }) => stay.call.room))
  const byRoom = new Map<LogId, Participant[]>()
  if (!isEngaged)
    for (const one of ringing) {
      const { room } = one.stay.call
      if (!takenRooms.has(room)) byRoom.set(room, [...(byRoom.get(room) ?? []), one])
    }
  const rings = new Map<LogId, IncomingRing>()
  let ended: { ring: IncomingRing; reason: EndReason } | undefined
  for (const [room, ring] of turn.state.rings) {
    const callers = byRoom.get(room)
    if (callers && ring.sinceMs + callLimits.ringMs > Math.max(reachedMs, turn.nowMs)) {
      rings.set(room, ringOf(callers, ring.sinceMs, ring))
      continue
    }
    // It rings there still, but long enough.
    if (callers) handleAll(turn, callers)
    const reason = callers ? 'missed' : whyOver(turn, ring, takenRooms)
    if (reason === 'missed') noteMissed(turn, ring)
    ended ??= { ring, reason }
  }
  for (const [room, callers] of byRoom) {
    if (turn.state.rings.has(room)) continue
    const ring = ringOf(callers, turn.nowMs)
    if (isFlood(turn, ring)) {
      handleAll(turn, callers)
      noteMissed(turn, ring)
    } else rings.set(room, ring)
  }
  const isSame =
    rings.size === turn.state.rings.size &&
    [...rings].every(([room, ring]) => turn.state.rings.get(room) === ring)
  if (!isSame) change(turn, { rings })
  show(turn, ended)
}

/** One call at a time: whoever is in one, on whichever of their devices, is busy to the others. */
const answerBusy = (turn: Turn): void => {
  const { ringing, own } = listen(turn)
  if (ringing.length === 0) return
  const { call } = turn.state
  const rooms = new Set(own.map(({ stay }) => stay.call.room))
  if ('stay' in call) rooms.add(call.stay.call.room)
  if (rooms.size === 0) return
  const others = ringing.filter(({ stay }) => !rooms.has(stay.call.room))
  if (others.length === 0) return
  decline(turn, others, { reason: 'busy', text: '' })
  for (const { stay, account } of others)
    noteMissed(turn, { room: stay.call.room, call: stay.call, by: account })
}

/** One ring for all who ring in a room; `before` where it is the same still. */
const ringOf = (callers: readonly Participant[], sinceMs: number, before?: IncomingRing): IncomingRing => {
  const first = callers.reduce((left, right) =>
    compareCalls(right.stay.call, left.stay.call) < 0 ? right : left,
  )
  const hasVideo = callers.some(({ stay }) => stay.sending.camera)
  const { call } = first.stay
  const isSame = before?.call.id === call.id && before.by === first.account && before.hasVideo === hasVideo
  return isSame ? before : { room: call.room, call, by: first.account, hasVideo, sinceMs }
}

/** Why a ring is over that was not answered here. */
const whyOver = ({ state, facts }: Turn, ring: IncomingRing, taken: ReadonlySet<LogId>): EndReason => {
  if (!facts.mayHear(ring.room, facts.account)) return 'removed'
  if (taken.has(ring.room)) return 'answeredElsewhere'
  const told = allParticipants(state, facts)
    .filter(({ stay }) => stay.call.room === ring.room)
    .flatMap(({ stay }) => stay.called)
    .filter(({ account }) => account === facts.account)
    .map((called) => called.state)
  if (told.includes('answered')) return 'answeredElsewhere'
  return told.includes('declined') || state.handled.includes(ring.call.id) ? 'declined' : 'missed'
}

/** Whoever rings again and again is heard a few times, then noted only. */
const isFlood = (turn: Turn, { by }: IncomingRing): boolean => {
  const recent = turn.state.recentRings.filter(({ atMs }) => turn.nowMs - atMs < callLimits.ringWindowMs)
  const isOver = recent.filter(({ account }) => account === by).length >= callLimits.maxRings
  change(turn, { recentRings: isOver ? recent : [...recent, { account: by, atMs: turn.nowMs }] })
  return isOver
}

const show = (turn: Turn, ended: { ring: IncomingRing; reason: EndReason } | undefined): void => {
  const { call, rings } = turn.state
  if ('stay' in call) return
  if (rings.size > 0) {
    const shown = [...rings.values()].sort((left, right) => compareCalls(left.call, right.call))
    const isSame =
      call.status === 'ringingIn' &&
      call.rings.length === shown.length &&
      shown.every((ring, index) => ring === call.rings[index])
    if (!isSame) change(turn, { call: { status: 'ringingIn', rings: shown } })
  } else if (call.status === 'ringingIn') {
    const { ring, reason } = ended ?? { ring: undefined, reason: 'missed' as const }
    change(turn, {
      call: ring
        ? { status: 'ended', reason, call: ring.call, text: '', atMs: turn.nowMs }
        : { status: 'idle' },
    })
  }
}
