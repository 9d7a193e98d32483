import type { AccountId } from '../../../shared/identifiers.ts'
import { callLimits } from '../../../shared/limits.ts'
import type { CallOutcome, CallSummary } from '../room/call-summary.ts'
import { change, type Turn } from './call-events.ts'
import type { EndReason, Stay } from './call-state.ts'
import { isSure, participantsIn } from './participants.ts'

/**
 * Ends this device's being in the call. C6: its summary is written by the last to leave, so that it tells of the whole call; of two people's
 * by whoever placed it too, as the other may be gone before it hears. Should two write, the room shows one (foldCallLines).
 */
export const endStay = (turn: Turn, stay: Stay, reason: EndReason): void => {
  const { facts, nowMs } = turn
  const { room } = stay.call
  const stayers = participantsIn(turn.state, room, facts).filter(isSure)
  const wasOfIt = reason !== 'answeredElsewhere' && reason !== 'full' && reason !== 'removed'
  const isPlacer = stay.entered === 'started'
  const hasSomethingToTell = isPlacer || stay.metAtMs !== undefined
  const isLast = stayers.length === 0 && hasSomethingToTell
  // Where two calls became one, whoever wrote may have known of one of them only.
  const mayWrite = wasOfIt && !(stay.isWritten && stay.aliases.length === 0)
  const writes = mayWrite && (isLast || (isPlacer && facts.isDirect(room)))
  const summary = summaryOf(stay, { reason, account: facts.account, nowMs })
  if (writes) turn.effects.push({ type: 'writeSummary', room, summary })
  const goesOn = mayWrite && !writes && hasSomethingToTell
  change(turn, {
    call: { status: 'ended', reason, call: stay.call, text: textOf(stay), atMs: nowMs },
    last: { call: stay.call.id, hasWritten: writes },
    cutOff: reason === 'failed' ? stay.call.id : undefined,
    shows: new Map(),
    ...(goesOn && {
      closing: [
        ...turn.state.closing,
        { room, summary, waitsFor: new Set(stayers.map(({ peer }) => peer.device)) },
      ].slice(-callLimits.maxClosing),
    }),
  })
}

const textOf = (stay: Stay): string => stay.called.find(({ text }) => text !== undefined)?.text ?? ''

const summaryOf = (
  stay: Stay,
  { reason, account, nowMs }: { reason: EndReason; account: AccountId; nowMs: number },
): CallSummary => {
  const { call, metAtMs, entered, enteredAtMs } = stay
  // Who came late knows of the beginning only by the clock of another.
  const sinceMs = entered === 'joined' ? Math.min(call.startedAtMs, enteredAtMs) : (metAtMs ?? nowMs)
  const durationMs = metAtMs === undefined ? 0 : nowMs - sinceMs
  return {
    id: call.id,
    aliases: stay.aliases,
    // What nobody came to is told by who placed it, under their own name.
    by: metAtMs === undefined ? account : call.by,
    startedAtMs: call.startedAtMs,
    durationMs: Math.min(Math.max(Math.round(durationMs), 0), callLimits.maxDurationMs),
    outcome: outcomeOf(stay, reason),
    hadVideo: stay.hadVideo,
    tookPart: [...stay.tookPart].slice(0, callLimits.maxCalled),
    called: stay.called.map((called) => called.account),
  }
}

const outcomeOf = (stay: Stay, reason: EndReason): CallOutcome => {
  if (stay.metAtMs !== undefined) return 'answered'
  if (reason === 'declined' || reason === 'busy') return reason
  return stay.called.length > 0 ? 'missed' : 'empty'
}

/**
 * Calls we have left: their others go too, one by one. Who says that it has written is believed; when nobody is left who could have, as
 * where the last two left at the same moment, we write.
 */
export const followClosing = (turn: Turn): void => {
  const { closing } = turn.state
  if (closing.length === 0) return
  const { facts } = turn
  const left = closing.flatMap((one) => {
    if (!facts.mayHear(one.room, facts.account)) return []
    const here = new Set(
      participantsIn(turn.state, one.room, facts)
        .filter(isSure)
        .map(({ peer }) => peer.device),
    )
    const waitsFor = new Set([...one.waitsFor].filter((device) => here.has(device)))
    if (waitsFor.size > 0) return [waitsFor.size === one.waitsFor.size ? one : { ...one, waitsFor }]
    turn.effects.push({ type: 'writeSummary', room: one.room, summary: one.summary })
    return []
  })
  if (left.length !== closing.length || left.some((one, index) => one !== closing[index]))
    change(turn, { closing: left })
}
