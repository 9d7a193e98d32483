import type { DeviceId, Topic } from '../../shared/identifiers.ts'
import { linkLimits, socketLimits } from '../../shared/limits.ts'
import type { Result } from '../../shared/result.ts'
import {
  closeCodes,
  parseFromServer,
  type FromServer,
  type ToServer,
} from '../../shared/signaling-messages.ts'
import type { Clock, Random, ServerStatus, Timer } from '../core/ports.ts'
import { createValue, type Value } from '../core/value.ts'
import { backOffMs, fraction } from './chance.ts'
import type { OpenRawSocket, RawSocket } from './raw-socket.ts'
import type { SessionProblem, SessionState } from './session.ts'
import { createHeartbeat, type Heartbeat } from './socket-heartbeat.ts'

/** What the server says of our topic, and the end of being told (`lost`). */
export type SignalingEvent =
  | { type: 'here'; devices: readonly DeviceId[] }
  | { type: 'came' | 'gone'; device: DeviceId }
  | { type: 'signal'; from: DeviceId; box: string }
  | { type: 'lost' }

export interface SignalingSocketOptions {
  url: string
  topic: Topic
  openSocket: OpenRawSocket
  readSession: () => Promise<SessionState>
  renewSession: () => Promise<Result<void, SessionProblem>>
  clock: Clock
  random: Random
  onEvent: (event: SignalingEvent) => void
  onDiagnostic: (code: string, why?: string) => void
}

export interface SignalingSocket {
  readonly status: Value<ServerStatus>
  /** False when there is no server just now; nothing is kept for later. */
  signal(to: DeviceId, box: string): boolean
  /** The network is back or the page is seen again: try now, or see whether the socket still lives. */
  wake(): void
  /** A Link has lost its way, so the network may be gone and this socket with it: for a while nothing is waited for long. */
  doubt(): void
  /** Hangs up; `wake` would call again. */
  pause(): void
  /** Hangs up for good. */
  close(): void
}

type SocketState =
  | { status: 'idle' }
  /** `canHurry`: nobody has told us to wait. */
  | { status: 'waiting'; timer: Timer; canHurry: boolean }
  /** With a timer after which it is given up; else the browser gives up, which takes minutes. */
  | { status: 'opening'; raw: RawSocket; timer?: Timer }
  | { status: 'open'; raw: RawSocket; heartbeat: Heartbeat }
  /** Finding out why it did not open. */
  | { status: 'asking'; timer?: Timer }
  | { status: 'closed' }

/**
 * After a Link has lost its way every try is a quick one, as long as somebody may wait for it: a call stays for 30 s (C5), and a break
 * shows after 6. Without that a blackout ends, and TCP and the back-off wait on for as long as it was.
 */
const hurryForMs = 45_000
const hurriedTryMs = 3_000
/** A try made during a blackout asks once, and again a second later: a new one asks sooner. A line that was quick last time gets no more. */
const quickTryMs = 300
/** Of so many tries one is given the whole time: the line may have become a slow one. */
const patientEvery = 8
const hurriedWaitMs = 250

/** Keeps one socket to the server open, come what may (S1, S5–S7). */
export const createSignalingSocket = (options: SignalingSocketOptions): SignalingSocket => {
  const { url, topic, clock, random, onEvent, onDiagnostic } = options
  const status = createValue<ServerStatus>('connecting')
  let state: SocketState = { status: 'idle' }
  let failures = 0
  let hurryUntilMs = Number.NEGATIVE_INFINITY
  /** How long it took last time, to open. */
  let openedInMs = hurriedTryMs
  let openingSinceMs = clock.now()
  let tries = 0

  const isHurried = (): boolean => clock.now() < hurryUntilMs

  const waitThenOpen = (afterMs: number, canHurry = false): void => {
    state = { status: 'waiting', timer: clock.setTimer(open, afterMs), canHurry }
  }

  const waitLonger = (): void => {
    const range = isHurried()
      ? { minMs: hurriedWaitMs, maxMs: hurriedWaitMs }
      : { minMs: linkLimits.redialMinMs, maxMs: linkLimits.redialMaxMs }
    waitThenOpen(backOffMs(range, failures++, random), true)
  }

  const stopTimer = (): void => {
    if ('timer' in state) clock.clearTimer(state.timer)
  }

  /** A try that is under way ends soon. */
  const hurryUp = (): void => {
    if ((state.status !== 'opening' && state.status !== 'asking') || state.timer !== undefined) return
    const trying = state
    const giveUp = (): void => {
      if (state !== trying) return
      if (trying.status === 'opening') trying.raw.close()
      onDiagnostic('socketGivenUp', trying.status)
      status.set('unreachable')
      waitLonger()
    }
    const isPatient = trying.status === 'asking' || tries++ % patientEvery === 0
    const usualMs = Math.max(quickTryMs, 4 * openedInMs)
    trying.timer = clock.setTimer(giveUp, isPatient ? hurriedTryMs : Math.min(hurriedTryMs, usualMs))
  }

  const say = (raw: RawSocket, message: ToServer): void => raw.send(JSON.stringify(message))

  const hear = (message: FromServer, heartbeat: Heartbeat): void => {
    switch (message.type) {
      case 'here':
        failures = 0 // only now has the server taken us in
        if (message.topic === topic) onEvent({ type: 'here', devices: message.peers })
        return
      case 'came':
      case 'gone':
        if (message.topic === topic) onEvent({ type: message.type, device: message.peer })
        return
      case 'signal':
        onEvent(message)
        return
      case 'pong':
        heartbeat.pong()
        return
      case 'error':
        onDiagnostic('serverSays', message.code)
    }
  }

  /** A browser's socket cannot see a 401, so the session is asked about apart from it (S2). */
  const findOutWhy = async (): Promise<void> => {
    const asking: SocketState = { status: 'asking' }
    state = asking
    if (isHurried()) hurryUp()
    const isStale = (): boolean => state !== asking
    const session = await options.readSession()
    if (isStale()) return
    stopTimer()
    delete asking.timer // to renew takes its time
    if (session !== 'none') return waitLonger()
    const renewed = await options.renewSession()
    if (isStale()) return
    onDiagnostic('sessionRenewed', renewed.ok ? 'ok' : renewed.problem.type)
    // At once, but not for ever at once: a session that is good and a socket that is not would go round and round.
    if (renewed.ok) return failures <= 1 ? open() : waitLonger()
    if (renewed.problem.type === 'tooManyTries') return waitThenOpen(renewed.problem.retryAfterSeconds * 1000)
    const { type } = renewed.problem
    if (type !== 'signedOut' && type !== 'disabled') return waitLonger()
    // The server will not have this device: asking again by itself would change nothing.
    state = { status: 'idle' }
    status.set('refused')
  }

  const onClosed = (code: number): void => {
    const wasOpen = state.status === 'open'
    stopTimer()
    if (state.status === 'open') state.heartbeat.stop()
    onDiagnostic('socketClosed', String(code))
    if (status.get() !== 'refused') status.set('unreachable')
    if (wasOpen) onEvent({ type: 'lost' })
    if (!wasOpen || code === closeCodes.signedOut) {
      if (!wasOpen) failures++
      void findOutWhy()
    } else if (code === closeCodes.restarting) {
      waitThenOpen(fraction(random) * socketLimits.restartSpreadMs)
    } else if (code === closeCodes.replaced) {
      waitThenOpen(linkLimits.redialMaxMs) // another page of this device is here; taking turns would help neither
    } else {
      waitLonger()
    }
  }

  const hangUp = (raw: RawSocket, code: number): void => {
    raw.close()
    onClosed(code)
  }

  const onOpened = (raw: RawSocket): void => {
    stopTimer()
    openedInMs = clock.now() - openingSinceMs
    const heartbeat = createHeartbeat({
      clock,
      random,
      ping: () => say(raw, { type: 'ping' }),
      onDead: () => hangUp(raw, closeCodes.noPong),
    })
    state = { status: 'open', raw, heartbeat }
    say(raw, { type: 'join', topic })
    status.set('connected')
    onDiagnostic('socketOpened')
  }

  const onText = (text: string): void => {
    if (state.status !== 'open') return
    const parsed = text.length > socketLimits.maxFrameBytes ? undefined : parseFromServer(text)
    if (parsed?.ok === true) hear(parsed.value, state.heartbeat)
    else onDiagnostic('badFrameFromServer', parsed?.problem.type ?? 'tooLarge')
  }

  const open = (): void => {
    const raw = options.openSocket(url, { opened: () => onOpened(raw), text: onText, closed: onClosed })
    openingSinceMs = clock.now()
    state = { status: 'opening', raw }
    if (isHurried()) hurryUp()
  }

  const pause = (): void => {
    const before = state
    stopTimer()
    state = { status: 'idle' }
    if (before.status === 'opening' || before.status === 'open') before.raw.close()
    if (before.status === 'open') {
      before.heartbeat.stop()
      status.set('unreachable')
      onEvent({ type: 'lost' })
    }
  }

  open()
  return {
    status,
    signal(to, box) {
      if (state.status !== 'open') return false
      say(state.raw, { type: 'signal', to, box })
      return true
    },
    wake() {
      if (state.status === 'open') state.heartbeat.checkNow()
      if (state.status === 'waiting') clock.clearTimer(state.timer)
      if (state.status === 'waiting' || state.status === 'idle') open()
    },
    doubt() {
      hurryUntilMs = clock.now() + hurryForMs
      if (state.status === 'open') state.heartbeat.checkNow(hurriedTryMs)
      else if (state.status === 'waiting' && state.canHurry) {
        stopTimer()
        waitLonger()
      } else hurryUp()
    },
    pause,
    close() {
      pause()
      state = { status: 'closed' }
    },
  }
}
