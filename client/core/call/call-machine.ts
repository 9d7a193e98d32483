import { change, type CallEffect, type CallEvent, type Turn } from './call-events.ts'
import type { CallMachine } from './call-state.ts'
import { followClosing } from './end-stay.ts'
import { expire, forgetLost, reachedAt } from './expire.ts'
import { hear, linkDown, linkUp, mediaDown, mediaUp } from './hear.ts'
import { settleIncoming } from './incoming.ts'
import { fit } from './outputs.ts'
import type { CallFacts } from './ports.ts'
import { settleStay } from './stay.ts'
import { obey } from './wishes.ts'

export interface CallStep {
  state: CallMachine
  effects: readonly CallEffect[]
}

/**
 * Calls of one device (C1, C2, C5): a pure machine. An event changes what is known; then everything that follows is worked out from what is
 * known now, so that the order in which devices hear of each other makes no difference in the end.
 */
export const stepCalls = (
  before: CallMachine,
  event: CallEvent,
  context: { facts: CallFacts; nowMs: number },
): CallStep => {
  const turn: Turn = { ...context, state: before, effects: [] }
  const reached = reachedAt(before, context.nowMs, event.type === 'timer' ? event.name : undefined)
  if (event.type === 'timer') {
    const timers = new Map(before.timers)
    timers.delete(event.name)
    change(turn, { timers })
  }
  // What was over before this came is over, though the timer for it be late.
  expire(turn, reached)
  settle(turn, reached)
  take(turn, event)
  settle(turn, reached)
  forgetLost(turn, context.nowMs)
  fit(turn, before)
  return { state: turn.state, effects: turn.effects }
}

const settle = (turn: Turn, reached: ReturnType<typeof reachedAt>): void => {
  settleStay(turn, reached.broken)
  settleIncoming(turn, reached.incoming)
  followClosing(turn)
}

const take = (turn: Turn, event: CallEvent): void => {
  switch (event.type) {
    case 'linkUp':
      linkUp(turn, event.device)
      return
    case 'linkDown':
      linkDown(turn, event.device)
      return
    case 'message':
      hear(turn, event.device, event.message)
      return
    case 'mediaUp':
      mediaUp(turn, event.device)
      return
    case 'mediaDown':
      mediaDown(turn, event.device)
      return
    case 'timer':
    case 'factsChanged':
      return
    case 'start':
    case 'accept':
    case 'decline':
    case 'join':
    case 'ring':
    case 'leave':
    case 'setSending':
    case 'react':
    case 'show':
    case 'report':
    case 'dismiss':
    case 'seeMissed':
      obey(turn, event)
  }
}
