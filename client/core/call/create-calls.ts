import { equalityDeep } from 'lib0/function'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Clock, Link, LogId, Random, Timer } from '../ports.ts'
import { createValue, type Value } from '../value.ts'
import type { CallEffect, CallEvent } from './call-events.ts'
import { stepCalls } from './call-machine.ts'
import { beginCalls, type CallTimer } from './call-state.ts'
import { viewCalls, type CallView } from './call-view.ts'
import { linesToPrepare } from './lines-to-prepare.ts'
import { encodeCallMessage, parseCallMessage } from './messages.ts'
import type { CallFacts, CallMedia, CallMemory, CallSignals, WriteSummary } from './ports.ts'
import { planSending, type SendingPlan } from './sending-plan.ts'
import { cutText, isReaction, roundReport, roundTiles } from './within-limits.ts'
import type { CallId, QualityReport, Sending, Tiles } from './words.ts'

/** What this device has to send, and with what: the measurements that a sending plan is made from (C4). */
export interface SendingMeans {
  uplinkBps: number
  cpu: 'fine' | 'limited'
  /** Lines; undefined while it is off. */
  cameraHeight: number | undefined
  screenHeight: number | undefined
}

export interface Reaction {
  device: DeviceId
  emoji: string
}

/** Calls on this device: what the screen shows of them, and all it may ask. What cannot be changes nothing. */
export interface Calls {
  readonly view: Value<CallView>
  /** Calls these people of a room, with all their devices; nobody, to wait there. Where a call goes on already, joins it. */
  call(room: LogId, wish: { called: readonly AccountId[]; sending: Sending }): void
  accept(room: LogId, sending: Sending): void
  /** `text` is for the caller; may be empty. Cut to what a message holds. */
  decline(room: LogId, text?: string): void
  join(room: LogId, sending: Sending): void
  /** Calls more people into the call. */
  ring(accounts: readonly AccountId[]): void
  leave(): void
  send(sending: Partial<Sending>): void
  react(emoji: string): void
  /** How large this screen shows what a device sends (C4). */
  show(device: DeviceId, tiles: Tiles): void
  /** How what a device sends arrives here. */
  report(device: DeviceId, report: QualityReport): void
  /** Makes the sending plan anew. */
  measure(means: SendingMeans): void
  /** Has seen why the call is over. */
  dismiss(): void
  seeMissed(room: LogId): void
  onReaction(listener: (reaction: Reaction) => void): () => void
  /** Ends the call and lets go of everything. */
  close(): void
}

export interface CallsOptions {
  facts: CallFacts
  /** Change when what `facts` tells does. */
  changes: readonly Pick<Value<unknown>, 'subscribe'>[]
  signals: CallSignals
  media: CallMedia
  writeSummary: WriteSummary
  memory?: CallMemory
  clock: Clock
  random: Random
}

/** Runs the call machine: gives it what happens, and does what it says. */
export const createCalls = (options: CallsOptions): Calls => {
  const { facts, signals, media, clock, random, memory } = options
  let state = beginCalls(memory?.read())
  let isClosed = false
  let means: SendingMeans | undefined
  let plan: SendingPlan | undefined
  const timers = new Map<CallTimer, Timer>()
  const links = new Map<DeviceId, Link>()
  const reactionListeners = new Set<(reaction: Reaction) => void>()
  const view = createValue(viewCalls(state, facts))
  /** What happens while effects are carried out waits for its turn. */
  const waiting: CallEvent[] = []
  let isStepping = false

  const dispatch = (event: CallEvent) => {
    if (isClosed) return
    waiting.push(event)
    if (isStepping) return
    isStepping = true
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const step = stepCalls(state, next, { facts, nowMs: clock.now() })
        state = step.state
        for (const effect of step.effects) run(effect)
      }
    } finally {
      isStepping = false
    }
    const now = viewCalls(state, facts)
    if (equalityDeep(now, view.get())) return
    view.set(now)
    for (const device of linesToPrepare(now, facts, [...links.keys()])) media.prepare(device)
    replan()
  }

  const stopTimer = (name: CallTimer) => {
    const timer = timers.get(name)
    if (timer !== undefined) clock.clearTimer(timer)
    timers.delete(name)
  }

  const run = (effect: CallEffect) => {
    switch (effect.type) {
      case 'tell':
        signals.send(effect.device, encodeCallMessage(effect.message))
        return
      case 'openMedia': {
        const link = links.get(effect.device)
        if (!link) return
        media.open(effect.device, link)
        if (media.connected.get().has(effect.device)) dispatch({ type: 'mediaUp', device: effect.device })
        return
      }
      case 'closeMedia':
        media.close(effect.device)
        return
      case 'setSending':
        media.setSending(effect.sending)
        return
      case 'startTimer': {
        const { name, afterMs } = effect
        stopTimer(name)
        const timer = clock.setTimer(() => {
          timers.delete(name)
          dispatch({ type: 'timer', name })
        }, afterMs)
        timers.set(name, timer)
        return
      }
      case 'stopTimer':
        stopTimer(effect.name)
        return
      case 'writeSummary':
        options.writeSummary(effect.room, effect.summary)
        return
      case 'showReaction':
        for (const listener of [...reactionListeners])
          listener({ device: effect.device, emoji: effect.emoji })
        return
      case 'remember':
        memory?.write(effect.call)
        return
    }
  }

  const replan = () => {
    const shown = view.get()
    if (!means || !('participants' in shown)) {
      plan = undefined
      return
    }
    const receivers = shown.participants.map(({ device, tiles, report }) => ({
      device,
      tiles,
      rttMs: report?.rttMs ?? 0,
      lossPerMille: report?.lossPerMille ?? 0,
    }))
    plan = planSending({ ...means, receivers }, plan)
    media.setPlan(plan)
  }

  /** A Link in place of another is another. */
  const followLinks = () => {
    const now = new Map(signals.links.get().map((link) => [link.device, link]))
    for (const [device, link] of links)
      if (now.get(device) !== link) {
        links.delete(device)
        dispatch({ type: 'linkDown', device })
      }
    for (const [device, link] of now)
      if (!links.has(device)) {
        links.set(device, link)
        dispatch({ type: 'linkUp', device })
      }
  }

  let connected: ReadonlySet<DeviceId> = media.connected.get()
  const followMedia = (now: ReadonlySet<DeviceId>) => {
    const before = connected
    connected = now
    for (const device of before) if (!now.has(device)) dispatch({ type: 'mediaDown', device })
    for (const device of now) if (!before.has(device)) dispatch({ type: 'mediaUp', device })
  }

  const leaveAll = [
    signals.onMessage((device, bytes) => {
      const message = parseCallMessage(bytes)
      // What a new Link has kept may come before the Link is told of.
      followLinks()
      if (message) dispatch({ type: 'message', device, message })
    }),
    signals.links.subscribe(followLinks),
    media.connected.subscribe(followMedia),
    ...options.changes.map((value) => value.subscribe(() => dispatch({ type: 'factsChanged' }))),
  ]
  followLinks()

  return {
    view,
    call(room, { called, sending }) {
      const id = toBase64Url(random.bytes(16)) as CallId
      dispatch({ type: 'start', room, id, called, sending })
    },
    accept: (room, sending) => dispatch({ type: 'accept', room, sending }),
    decline: (room, text = '') => dispatch({ type: 'decline', room, text: cutText(text) }),
    join: (room, sending) => dispatch({ type: 'join', room, sending }),
    ring: (accounts) => dispatch({ type: 'ring', accounts }),
    leave: () => dispatch({ type: 'leave' }),
    send: (sending) => dispatch({ type: 'setSending', sending }),
    react(emoji) {
      if (isReaction(emoji)) dispatch({ type: 'react', emoji })
    },
    show: (device, tiles) => dispatch({ type: 'show', device, tiles: roundTiles(tiles) }),
    report: (device, report) => dispatch({ type: 'report', device, report: roundReport(report) }),
    measure(now) {
      means = now
      replan()
    },
    dismiss: () => dispatch({ type: 'dismiss' }),
    seeMissed: (room) => dispatch({ type: 'seeMissed', room }),
    onReaction(listener) {
      reactionListeners.add(listener)
      return () => reactionListeners.delete(listener)
    },
    close() {
      dispatch({ type: 'leave' })
      isClosed = true
      for (const off of leaveAll) off()
      for (const name of [...timers.keys()]) stopTimer(name)
      reactionListeners.clear()
    },
  }
}
