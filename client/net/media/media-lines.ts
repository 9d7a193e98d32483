import type { Result } from '../../../shared/result.ts'
import type { Clock } from '../../core/ports.ts'
import { createValue, type Value } from '../../core/value.ts'
import type { LinkMessages } from '../link/create-link.ts'
import type { Negotiation } from '../negotiation.ts'
import { preferCodecs } from './codec-order.ts'
import { lineKinds, maxDescribedLines, mediumOf, type LineKind } from './line-kinds.ts'
import { createMediaLine, type LineProblem, type MediaLine, type Sending } from './media-line.ts'
import { encodeMediaMessage, parseMediaMessage, type MediaMessage } from './media-messages.ts'
import { createMediaStats, type LinkMediaStats } from './media-stats.ts'

export type RemoteTracks = Readonly<Partial<Record<LineKind, MediaStreamTrack>>>

/** The media lines of one Link (C3). */
export interface MediaLines {
  /** Both ends have agreed on the lines; from then on starting and stopping needs no negotiation. */
  readonly ready: Value<boolean>
  /** They are agreed on, and the connection under them finds its way now. */
  readonly connected: Value<boolean>
  /** What the other side sends now. A line's track stays the same one as long as the Link. */
  readonly remote: Value<RemoteTracks>
  /** Has the lines agreed on, if they are not yet: a good thing to do while it rings. `send` does it too. */
  prepare(): void
  /** Sends this track by that line from now on, or nothing. Resolves when the line is as it was last wished. */
  send(kind: LineKind, track: MediaStreamTrack | null): Promise<Result<void, LineProblem>>
  setSending(kind: LineKind, sending: Sending): Promise<Result<void, LineProblem>>
  /** How loud the other's line is, 0 to 1; undefined while nothing comes, or where the browser does not tell. */
  level(kind: LineKind): number | undefined
  /** Rates are since the last time somebody asked. Undefined when the connection is gone. */
  stats(): Promise<LinkMediaStats | undefined>
  /** Sends nothing any more. The tracks themselves go on: they may be on other Links, or on the screen. */
  release(): Promise<void>
  /** With the Link. */
  close(): void
}

export interface MediaLinesOptions {
  pc: Pick<
    RTCPeerConnection,
    'addTransceiver' | 'getTransceivers' | 'getStats' | 'iceConnectionState' | 'addEventListener'
  >
  negotiation: Pick<Negotiation, 'hear' | 'keepLines' | 'offerLines'>
  messages: LinkMessages
  isOfferer: boolean
  clock: Clock
}

/** Its lines, if they are those we know, in our order. */
const linesOf = (transceivers: readonly RTCRtpTransceiver[]): readonly RTCRtpTransceiver[] | undefined => {
  const areOurs =
    transceivers.length === lineKinds.length &&
    lineKinds.every((kind, at) => transceivers[at]?.receiver.track.kind === mediumOf[kind])
  return areOurs ? transceivers : undefined
}

/**
 * One audio, camera, screen and screen-sound line each way, agreed on once over the Link and never again: the device that
 * dialled offers, the other asks it to. From then on media starts and stops by replacing tracks.
 */
export const createMediaLines = (options: MediaLinesOptions): MediaLines => {
  const { pc, negotiation, messages, isOfferer, clock } = options
  const ready = createValue(false)
  const connected = createValue(false)
  const remote = createValue<RemoteTracks>({})
  const stats = createMediaStats(clock)
  let theirs: readonly LineKind[] = []
  let isPrepared = false
  let isClosed = false

  const showConnected = (): void => {
    const { iceConnectionState: state } = pc
    connected.set(ready.get() && (state === 'connected' || state === 'completed'))
  }
  pc.addEventListener('iceconnectionstatechange', showConnected)

  const say = (message: MediaMessage): void => messages.send(encodeMediaMessage(message))

  const tellSending = (): void => {
    if (ready.get()) say({ type: 'sending', kinds: lineKinds.filter((kind) => lines[kind].track !== null) })
  }

  const lineOf = (kind: LineKind): MediaLine => createMediaLine({ kind, onTrack: tellSending })
  const lines: Readonly<Record<LineKind, MediaLine>> = {
    audio: lineOf('audio'),
    camera: lineOf('camera'),
    screen: lineOf('screen'),
    screenAudio: lineOf('screenAudio'),
  }

  const showRemote = (): void => {
    const tracks: Partial<Record<LineKind, MediaStreamTrack>> = {}
    if (ready.get())
      for (const kind of theirs) {
        const track = lines[kind].receiver?.track
        if (track !== undefined) tracks[kind] = track
      }
    remote.set(tracks)
  }

  const prepare = (): void => {
    if (isPrepared || isClosed) return
    isPrepared = true
    if (isOfferer) negotiation.offerLines()
    else say({ type: 'want' })
  }

  const addLines = (): void => {
    if (pc.getTransceivers().length > 0) return
    for (const kind of lineKinds) {
      preferCodecs(pc.addTransceiver(mediumOf[kind], { direction: 'sendrecv' }), kind)
    }
  }

  const beforeAnswer = (): void => {
    const transceivers = linesOf(pc.getTransceivers())
    for (const [at, kind] of lineKinds.entries()) {
      const transceiver = transceivers?.[at]
      if (transceiver === undefined) continue
      transceiver.direction = 'sendrecv' // a browser would only receive what was not asked for here
      preferCodecs(transceiver, kind)
    }
  }

  const settled = (): void => {
    if (ready.get() || isClosed) return
    const transceivers = linesOf(pc.getTransceivers())
    if (transceivers?.every(({ currentDirection }) => currentDirection === 'sendrecv') !== true) return
    isPrepared = true
    for (const [at, kind] of lineKinds.entries()) {
      const transceiver = transceivers[at]
      if (transceiver !== undefined) lines[kind].attach(transceiver)
    }
    ready.set(true)
    showConnected()
    showRemote()
  }

  const hear = (message: MediaMessage): void => {
    switch (message.type) {
      case 'want':
        if (isOfferer) prepare()
        return
      case 'offer':
      case 'answer':
        negotiation.hear(message, 'link')
        return
      case 'sending':
        theirs = message.kinds
        showRemote()
    }
  }

  messages.bearSilence(
    () => !isClosed && (theirs.length > 0 || lineKinds.some((kind) => lines[kind].track !== null)),
  )
  negotiation.keepLines({ maxLines: maxDescribedLines, say, addLines, beforeAnswer, settled })
  messages.listen((bytes) => {
    const parsed = parseMediaMessage(bytes)
    if (!parsed.ok) messages.refuse(parsed.problem.type)
    else if (!isClosed) hear(parsed.value)
  })

  return {
    ready,
    connected,
    remote,
    prepare,
    send(kind, track) {
      if (track !== null) prepare()
      return lines[kind].send(track)
    },
    setSending: (kind, sending) => lines[kind].setSending(sending),
    level: (kind) => lines[kind].receiver?.getSynchronizationSources()[0]?.audioLevel,
    async stats() {
      return isClosed ? undefined : stats.read(await pc.getStats())
    },
    async release() {
      await Promise.all(lineKinds.map((kind) => lines[kind].send(null)))
    },
    close() {
      if (isClosed) return
      isClosed = true
      for (const kind of lineKinds) lines[kind].close()
      ready.set(false)
      connected.set(false)
      remote.set({})
    },
  }
}
