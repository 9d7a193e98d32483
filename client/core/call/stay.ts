import type { AccountId } from '../../../shared/identifiers.ts'
import { callLimits } from '../../../shared/limits.ts'
import { change, type Turn } from './call-events.ts'
import type { AskedPerson, EndReason, MyCall, Stay } from './call-state.ts'
import { endStay } from './end-stay.ts'
import { isBeforeUs, isSure, participantsIn, type Participant } from './participants.ts'
import { compareCalls, type CallName, type Sending, type Way } from './words.ts'

/** Goes into a call: out of any other, and out of what rings. */
export const enterCall = (
  turn: Turn,
  wish: { call: CallName; entered: Way; sending: Sending; called: readonly AccountId[] },
): void => {
  const before = turn.state.call
  if ('stay' in before) endStay(turn, before.stay, 'hungUp')
  const { call, entered, sending } = wish
  const stay: Stay = {
    call,
    aliases: [],
    entered,
    enteredAtMs: turn.nowMs,
    called: wish.called.map((account) => ({ account, state: 'ringing' })),
    ringUntilMs: wish.called.length > 0 ? turn.nowMs + callLimits.ringMs : undefined,
    sending,
    metAtMs: undefined,
    tookPart: new Set([turn.facts.account]),
    hadVideo: false,
    hasConnected: false,
    lastGone: 'left',
    isWritten: false,
  }
  const rings = new Map(turn.state.rings)
  rings.delete(call.room)
  change(turn, {
    call: { status: 'inCall', stay },
    cutOff: call.id,
    rings,
    // One is in it again: whoever is the last now writes.
    closing: turn.state.closing.filter(({ room }) => room !== call.room),
  })
}

/**
 * Two calls in one room are one: the lower (C2). So both sides of a glare end up in it, and nobody rings. Every id that was met is kept, so that
 * the room shows one line for all of them.
 */
const merge = (stay: Stay, inIt: readonly Participant[]): Stay => {
  const calls = inIt.map((one) => one.stay.call)
  if (calls.every(({ id }) => id === stay.call.id || stay.aliases.includes(id))) return stay
  const call = calls.reduce((left, right) => (compareCalls(right, left) < 0 ? right : left), stay.call)
  const ids = new Set([...stay.aliases, stay.call.id, ...calls.map(({ id }) => id)])
  ids.delete(call.id)
  return { ...stay, call, aliases: [...ids].slice(-callLimits.maxAliases) }
}

const answer = (asked: readonly AskedPerson[], here: ReadonlySet<AccountId>): readonly AskedPerson[] =>
  asked.some(({ account, state }) => state !== 'answered' && here.has(account))
    ? asked.map((one) => (here.has(one.account) ? { ...one, state: 'answered' } : one))
    : asked

/** Notes who is here. */
const meet = (stay: Stay, inIt: readonly Participant[], { facts, nowMs }: Turn): Stay => {
  const here = new Set(inIt.map(({ account }) => account))
  const isMet = inIt.some(({ account }) => account !== facts.account)
  const called = answer(stay.called, here)
  const isNew = [...here].some((account) => !stay.tookPart.has(account))
  const isVideo = [stay.sending, ...inIt.map((one) => one.stay.sending)].some(
    ({ camera, screen }) => camera || screen,
  )
  const hadVideo = stay.hadVideo || (isMet && isVideo)
  const metAtMs = stay.metAtMs ?? (isMet ? nowMs : undefined)
  if (!isNew && called === stay.called && hadVideo === stay.hadVideo && metAtMs === stay.metAtMs) return stay
  const tookPart = isNew ? new Set([...stay.tookPart, ...here]) : stay.tookPart
  return { ...stay, called, hadVideo, metAtMs, tookPart }
}

/** Brings this device's call up to date with all that is known. `reachedMs`: up to when broken calls have waited. */
export const settleStay = (turn: Turn, reachedMs: number): void => {
  const { call } = turn.state
  if (!('stay' in call)) return
  const { facts, nowMs } = turn
  const { room } = call.stay.call
  if (!facts.mayHear(room, facts.account)) {
    endStay(turn, call.stay, 'removed')
    return
  }
  const inIt = participantsIn(turn.state, room, facts)
  const stay = meet(merge(call.stay, inIt), inIt, turn)
  if (stay !== call.stay)
    change(turn, { call: { ...call, stay }, ...(stay.call !== call.stay.call && { cutOff: stay.call.id }) })
  const end = whyOver(stay, inIt, turn)
  if (end) {
    endStay(turn, stay, end)
    return
  }
  const next = statusOf(stay, inIt, call, turn)
  if ('sinceMs' in next && next.sinceMs + callLimits.reconnectMs <= Math.max(reachedMs, nowMs)) {
    endStay(turn, stay, 'failed')
    return
  }
  if (next.status !== call.status) change(turn, { call: next })
}

const whyOver = (stay: Stay, inIt: readonly Participant[], { facts, nowMs }: Turn): EndReason | undefined => {
  const ours = { enteredAtMs: stay.enteredAtMs, device: facts.device }
  const others = inIt.filter(({ account }) => account !== facts.account)
  // Two devices of one person that answered at once: the first stays.
  const isTaken = inIt.some(
    (one) =>
      one.account === facts.account &&
      one.stay.entered === 'answered' &&
      isSure(one) &&
      isBeforeUs(one, ours),
  )
  if (stay.entered === 'answered' && isTaken) return 'answeredElsewhere'
  const isNew = nowMs - stay.enteredAtMs < callLimits.settleMs
  if (isNew && inIt.filter((one) => isBeforeUs(one, ours)).length >= callLimits.maxDevices) return 'full'
  return others.length === 0 ? whyOverAlone(stay, facts.isDirect(stay.call.room)) : undefined
}

/** With nobody else in it. In a room one may wait; a conversation of two is over. */
const whyOverAlone = (stay: Stay, isDirect: boolean): EndReason | undefined => {
  if (stay.called.some(({ state }) => state === 'ringing')) return undefined
  if (stay.metAtMs !== undefined) {
    if (stay.lastGone === 'lost') return 'failed'
    return isDirect ? 'hungUp' : undefined
  }
  if (stay.entered !== 'started') return 'hungUp'
  if (stay.called.some(({ state }) => state === 'missed')) return 'missed'
  if (!isDirect || stay.called.length === 0) return undefined
  return stay.called.some(({ state }) => state === 'declined') ? 'declined' : 'busy'
}

const statusOf = (
  stay: Stay,
  inIt: readonly Participant[],
  before: MyCall,
  { facts, nowMs }: Turn,
): Extract<MyCall, { stay: Stay }> => {
  const others = inIt.filter(({ account }) => account !== facts.account)
  if (others.length === 0) {
    const isRinging = stay.called.some(({ state }) => state === 'ringing')
    return { status: isRinging ? 'ringingOut' : 'inCall', stay }
  }
  if (others.some((one) => isSure(one) && one.peer.hasMedia)) return { status: 'inCall', stay }
  const status = stay.hasConnected ? 'reconnecting' : 'joining'
  const sinceMs = before.status === status ? before.sinceMs : nowMs
  return { status, stay, sinceMs }
}
