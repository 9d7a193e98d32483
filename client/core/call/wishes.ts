import { callLimits } from '../../../shared/limits.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'
import { change, type CallWish, type Turn } from './call-events.ts'
import type { Stay } from './call-state.ts'
import { endStay } from './end-stay.ts'
import { declineRoom } from './incoming.ts'
import { isSure, participantsIn } from './participants.ts'
import { enterCall } from './stay.ts'
import { compareCalls, type CallName, type Sending, type Way } from './words.ts'

/** What the person at this device wants. What cannot be, as when a ring has just ended, changes nothing. */
export const obey = (turn: Turn, wish: CallWish): void => {
  const stay = stayOf(turn)
  switch (wish.type) {
    case 'start':
      start(turn, wish)
      return
    case 'accept':
      goInto(turn, wish, turn.state.rings.has(wish.room) ? 'answered' : 'joined')
      return
    case 'join':
      goInto(turn, wish, 'joined')
      return
    case 'decline':
      declineRoom(turn, wish.room, wish.text)
      return
    case 'leave':
      if (stay) endStay(turn, stay, 'hungUp')
      return
    case 'ring':
      if (stay) ring(turn, stay, wish.accounts)
      return
    case 'setSending':
      if (stay) setStay(turn, { ...stay, sending: { ...stay.sending, ...wish.sending } })
      return
    case 'react':
      if (!stay) return
      for (const one of participantsIn(turn.state, stay.call.room, turn.facts))
        if (one.peer.isLinked)
          turn.effects.push({
            type: 'tell',
            device: one.peer.device,
            message: { type: 'reaction', emoji: wish.emoji },
          })
      return
    case 'show':
      if (!stay) return
      change(turn, { shows: new Map(turn.state.shows).set(wish.device, wish.tiles) })
      if (turn.state.open.has(wish.device))
        turn.effects.push({
          type: 'tell',
          device: wish.device,
          message: { type: 'tiles', ...wish.tiles },
        })
      return
    case 'report':
      if (turn.state.open.has(wish.device))
        turn.effects.push({
          type: 'tell',
          device: wish.device,
          message: { type: 'quality', ...wish.report },
        })
      return
    case 'dismiss':
      if (turn.state.call.status === 'ended') change(turn, { call: { status: 'idle' } })
      return
    case 'seeMissed':
      change(turn, { missed: turn.state.missed.filter(({ room }) => room !== wish.room) })
      return
  }
}

const stayOf = ({ state }: Turn): Stay | undefined => ('stay' in state.call ? state.call.stay : undefined)

const setStay = (turn: Turn, stay: Stay): void => {
  const { call } = turn.state
  if ('stay' in call) change(turn, { call: { ...call, stay } })
}

const askable = (turn: Turn, room: LogId, accounts: readonly AccountId[]): AccountId[] =>
  [...new Set(accounts)]
    .filter((account) => account !== turn.facts.account && turn.facts.mayHear(room, account))
    .slice(0, callLimits.maxCalled)

const start = (turn: Turn, wish: Extract<CallWish, { type: 'start' }>): void => {
  const { room, id, sending } = wish
  const { facts, nowMs } = turn
  if (!facts.mayHear(room, facts.account) || stayOf(turn)?.call.room === room) return
  // Where somebody rings us from there, or a call goes on, this is the same wish.
  if (participantsIn(turn.state, room, facts).length > 0) {
    goInto(turn, wish, turn.state.rings.has(room) ? 'answered' : 'joined')
    return
  }
  const call: CallName = { id, room, startedAtMs: nowMs, by: facts.account }
  enterCall(turn, { call, entered: 'started', sending, called: askable(turn, room, wish.called) })
}

/** Into the call that goes on in a room. */
const goInto = (
  turn: Turn,
  { room, sending }: { room: LogId; sending: Sending },
  entered: Exclude<Way, 'started'>,
): void => {
  if (stayOf(turn)?.call.room === room) return
  const inIt = participantsIn(turn.state, room, turn.facts)
  const call = inIt.map(({ stay }) => stay.call).reduce<CallName | undefined>(lower, undefined)
  if (!call) return
  if (inIt.filter(isSure).length >= callLimits.maxDevices) {
    const stay = stayOf(turn)
    if (stay) endStay(turn, stay, 'hungUp')
    change(turn, { call: { status: 'ended', reason: 'full', call, text: '', atMs: turn.nowMs } })
    return
  }
  enterCall(turn, { call, entered, sending, called: [] })
}

const lower = (left: CallName | undefined, right: CallName): CallName =>
  left && compareCalls(left, right) <= 0 ? left : right

/** Also those who have missed it, or would not: somebody may ask again. */
const ring = (turn: Turn, stay: Stay, accounts: readonly AccountId[]): void => {
  const asked = askable(turn, stay.call.room, accounts)
  const isAsked = new Set(asked)
  const called = [
    ...stay.called.filter(({ account }) => !isAsked.has(account)),
    ...asked.map((account) => ({ account, state: 'ringing' as const })),
  ].slice(-callLimits.maxCalled)
  if (asked.length > 0) setStay(turn, { ...stay, called, ringUntilMs: turn.nowMs + callLimits.ringMs })
}
