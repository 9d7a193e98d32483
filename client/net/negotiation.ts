import type { Clock } from '../core/ports.ts'
import { readSdpFingerprint } from './fingerprints.ts'
import { gathered, type Gathering } from './gathered.ts'
import type { ConnectionSignal } from './introduction-payload.ts'
import { countMediaLines, preferSpeech } from './media/speech-sdp.ts'
import { readRemoteUfrag } from './media/stats-report.ts'
import { createRemoteCandidates, type RemoteCandidate, type TakingCandidates } from './remote-candidates.ts'

/** How a signal travels: sealed through the server, or over the Link itself (L6). */
export type SignalWay = 'server' | 'link'

export type Description = Extract<ConnectionSignal, { sdp: string }>

/** The part of RTCPeerConnection that describes. */
export interface Describing extends Gathering, TakingCandidates {
  readonly localDescription: { readonly sdp: string } | null
  createOffer(): Promise<RTCSessionDescriptionInit>
  createAnswer(): Promise<RTCSessionDescriptionInit>
  setLocalDescription(description: RTCSessionDescriptionInit): Promise<void>
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>
  restartIce(): void
  /** An RTCStatsReport. */
  getStats(): Promise<unknown>
}

/** Whose media lines are negotiated along (C3); until there is one, a description may carry data only. */
export interface LineKeeper {
  readonly maxLines: number
  /** The offer about to be made is for them: adds those that are not there yet. */
  addLines(): void
  /** Over the Link. */
  say(description: Description): void
  /** The offer is taken: the last moment to say what of its lines is used, and how. */
  beforeAnswer(): void
  /** Both have agreed once more. */
  settled(): void
}

export interface NegotiationOptions {
  pc: Describing
  /** Only the one who dialled makes offers, so two can never cross (S1). */
  isOfferer: boolean
  clock: Clock
  /** New ways are about to be looked for: the last moment to say by which servers. */
  beforeNewWays?: () => void
  /** To be carried by the server. */
  onSignal: (signal: ConnectionSignal) => void
  /** The browser will not have a description: nothing more can come of this connection. */
  onFailure: (why: string) => void
}

export interface Negotiation {
  /** As said and heard, not as the connection shows them: it may open a channel before it shows what let it. */
  readonly fingerprints: { local: string | undefined; remote: string | undefined }
  /** simple-peer has made the first offer. */
  offeredFirst(sdp: string): void
  foundCandidate(candidate: Omit<RemoteCandidate, 'type' | 'round'>): void
  hear(signal: ConnectionSignal, way: SignalWay): void
  /**
   * Looks for new ways between the same two (L6), by the server, since the Link may be what is broken. For the offerer. `isAsked`: the
   * other end, who can be reached again, has asked for it, so an offer that it has not answered by now is lost.
   */
  restartIce(isAsked?: boolean): void
  /** From now on the connection carries media. */
  keepLines(keeper: LineKeeper): void
  /** Offers the keeper's lines over the Link, as soon as nothing else is being negotiated. For the offerer. */
  offerLines(): void
  close(): void
}

/** An offer without an answer for so long is lost, with the server or the other's socket. */
const answerWithinMs = 4_000
/** Unless they have said something meanwhile: what crossed on the way is there by then. */
const crossedWithinMs = 1_000
const dataLinesOnly = 1
/** By then a connection has chosen among its new ways. */
const lookAtWayAfterMs = 2_000
/** Then the Link's own liveness decides. */
const maxOldWays = 2

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'not described')

/** Our offer that has no answer yet; `held` is not in force before that. */
interface Unanswered {
  atMs: number
  isRestart: boolean
  held?: RTCSessionDescriptionInit
}

/**
 * Everything after simple-peer's first offer, in one place and one at a time: answers, candidates, new ways (L6) and
 * media lines (C3). Offers are counted in rounds, whichever way they travel; only the newest round counts, so an
 * answer that took the long way round is known for what it is.
 *
 * An offer of new ways comes into force together with its answer, which brings the other's candidates along. Otherwise
 * Chromium looks for ways from its new ports to the other's old ones, finds some while those still live, and stays on
 * them: Firefox then hears nothing any more. On a busy machine it still may, which shows, and is mended by another.
 * An offer of media lines is in force at once, and stays as it is when another takes its place: taken back, its lines
 * would be named anew, and the other side may know them already.
 */
export const createNegotiation = (options: NegotiationOptions): Negotiation => {
  const { pc, isOfferer, clock, onSignal } = options
  let round = 0
  let unanswered: Unanswered | undefined
  let areLinesWaiting = false
  /** Times in a row that new ways led to the other's old end. */
  let oldWays = 0
  let keeper: LineKeeper | undefined
  let isClosed = false
  const candidates = createRemoteCandidates(pc)
  const fingerprints: { local: string | undefined; remote: string | undefined } = {
    local: undefined,
    remote: undefined,
  }
  let turn = Promise.resolve()

  const inTurn = (step: () => Promise<void>): void => {
    turn = turn
      .then(() => (isClosed ? undefined : step()))
      .catch((error: unknown) => {
        if (!isClosed) options.onFailure(wordsOf(error))
      })
  }

  const say = (description: Description, way: SignalWay): void => {
    if (way === 'server') onSignal(description)
    else keeper?.say(description)
  }

  const noteOwn = (sdp: string): void => {
    const fingerprint = readSdpFingerprint(sdp)
    fingerprints.local = fingerprint.ok ? fingerprint.value : undefined
  }

  const offer = (way: SignalWay, isRestart: boolean): void => {
    round += 1
    const own = round
    const waiting: Unanswered = { atMs: clock.now(), isRestart }
    unanswered = waiting
    inTurn(async () => {
      if (own !== round) return
      if (isRestart) {
        options.beforeNewWays?.()
        pc.restartIce()
      } else {
        keeper?.addLines()
        areLinesWaiting = false // from here on every offer has them
      }
      const made = await pc.createOffer()
      if (isRestart) waiting.held = made
      else await pc.setLocalDescription(made)
      const sdp = made.sdp ?? ''
      noteOwn(sdp)
      say({ type: 'offer', round: own, sdp }, way)
    })
  }

  const takeRemote = async ({ type, round: theirs, sdp }: Description): Promise<void> => {
    await pc.setRemoteDescription({ type, sdp: preferSpeech(sdp) })
    await candidates.described(theirs, sdp)
  }

  const answer = async (offered: Description, way: SignalWay): Promise<void> => {
    if (offered.round !== round) return // a newer offer has come meanwhile
    if (way === 'server' && offered.round > 1) options.beforeNewWays?.()
    await takeRemote(offered)
    keeper?.beforeAnswer()
    const made = await pc.createAnswer()
    noteOwn(made.sdp ?? '') // before it is in force, since a channel may open the moment it is
    await pc.setLocalDescription(made)
    if (way === 'server' && offered.round > 1) await gathered(pc, clock)
    const sdp = pc.localDescription?.sdp ?? made.sdp ?? ''
    say({ type: 'answer', round: offered.round, sdp }, way)
    keeper?.settled()
  }

  const takeAnswer = async (answered: Description): Promise<void> => {
    const held = unanswered?.held
    if (answered.round !== round || unanswered === undefined) return
    // Back to back, so that no port of ours is there before the other's are known.
    await Promise.all([held && pc.setLocalDescription(held), takeRemote(answered)])
    if (answered.round !== round) return
    unanswered = undefined
    keeper?.settled()
    if (areLinesWaiting) offer('link', false)
    if (held !== undefined) clock.setTimer(() => inTurn(() => lookAtWay(answered)), lookAtWayAfterMs)
  }

  const lookAtWay = async (answered: Description): Promise<void> => {
    if (answered.round !== round) return
    const ufrag = readRemoteUfrag(await pc.getStats())
    const isOld = ufrag !== undefined && !answered.sdp.includes(`a=ice-ufrag:${ufrag}`)
    oldWays = isOld ? oldWays + 1 : 0
    if (isOld && oldWays <= maxOldWays && answered.round === round) offer('server', true)
  }

  const isLate = ({ atMs }: Unanswered, withinMs = answerWithinMs): boolean => clock.now() - atMs >= withinMs

  const offerLines = (): void => {
    areLinesWaiting = true
    if (unanswered === undefined) return offer('link', false)
    clock.setTimer(() => {
      if (isClosed || !areLinesWaiting) return
      // What got lost may have been taken there: the lines can only come after it.
      if (unanswered !== undefined && isLate(unanswered)) offer('server', true)
      offerLines()
    }, answerWithinMs)
  }

  /** The other end stays who it was: a description with another certificate would lead past the handshake (L2). */
  const isAcceptable = (sdp: string): boolean => {
    const fingerprint = readSdpFingerprint(sdp)
    if (!fingerprint.ok || countMediaLines(sdp) > (keeper?.maxLines ?? dataLinesOnly)) return false
    fingerprints.remote ??= fingerprint.value
    return fingerprint.value === fingerprints.remote
  }

  return {
    fingerprints,
    offeredFirst(sdp) {
      round += 1
      unanswered = { atMs: clock.now(), isRestart: true }
      noteOwn(sdp)
      onSignal({ type: 'offer', round, sdp })
    },
    foundCandidate(found) {
      onSignal({ ...found, type: 'candidate', round })
    },
    hear(signal, way) {
      if (isClosed) return
      if (signal.type === 'candidate') {
        // RTCIceCandidate would throw
        if (signal.sdpMid !== null || signal.sdpMLineIndex !== null) inTurn(() => candidates.take(signal))
      } else if (signal.type === 'offer') {
        if (isOfferer || signal.round <= round || !isAcceptable(signal.sdp)) return
        round = signal.round
        inTurn(() => answer(signal, way))
      } else if (isOfferer && signal.round === round && isAcceptable(signal.sdp)) {
        inTurn(() => takeAnswer(signal))
      }
    },
    restartIce(isAsked = false) {
      if (isClosed || !isOfferer || round === 0) return
      // Both sides notice the same trouble: one restart is enough.
      const withinMs = isAsked ? crossedWithinMs : answerWithinMs
      if (unanswered?.isRestart !== true || isLate(unanswered, withinMs)) offer('server', true)
    },
    keepLines(kept) {
      keeper = kept
    },
    offerLines() {
      if (!isClosed && isOfferer) offerLines()
    },
    close() {
      isClosed = true
    },
  }
}
