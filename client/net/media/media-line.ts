import { fail, ok, type Result } from '../../../shared/result.ts'
import { mediumOf, type LineKind } from './line-kinds.ts'

/** How much a line may send (C4). What is not said has no bound but the browser's. */
export interface Sending {
  isActive: boolean
  /** Bits a second. */
  maxBitrate?: number
  /** 2 sends half the width and half the height. At least 1. */
  scaleResolutionDownBy?: number
  maxFramerate?: number
}

export type LineProblem =
  /** The Link has ended. */
  | { type: 'lineClosed' }
  /** The browser will not send it so; the line goes on as it was. */
  | { type: 'lineRefused'; detail: string }

type Outcome = Result<void, LineProblem>

export interface MediaLine {
  /** What leaves by this line now. */
  readonly track: MediaStreamTrack | null
  readonly receiver: RTCRtpReceiver | undefined
  /** The two ends have agreed on the line. */
  attach(transceiver: RTCRtpTransceiver): void
  send(track: MediaStreamTrack | null): Promise<Outcome>
  setSending(sending: Sending): Promise<Outcome>
  close(): void
}

export interface MediaLineOptions {
  kind: LineKind
  /** Another track leaves by this line, or none any more. */
  onTrack: () => void
}

const setOrDelete = <Key extends keyof RTCRtpEncodingParameters>(
  encoding: RTCRtpEncodingParameters,
  key: Key,
  value: RTCRtpEncodingParameters[Key] | undefined,
): void => {
  if (value === undefined) Reflect.deleteProperty(encoding, key)
  else encoding[key] = value
}

/** In one turn from asking for the parameters to setting them, since browsers take only what they gave last. */
const apply = (sender: RTCRtpSender, kind: LineKind, sending: Sending): Promise<void> => {
  const parameters = sender.getParameters()
  const encodings: RTCRtpEncodingParameters[] = parameters.encodings
  const encoding: RTCRtpEncodingParameters = encodings[0] ?? {}
  encoding.active = sending.isActive
  setOrDelete(encoding, 'maxBitrate', sending.maxBitrate)
  if (mediumOf[kind] === 'video') {
    setOrDelete(encoding, 'scaleResolutionDownBy', sending.scaleResolutionDownBy)
    setOrDelete(encoding, 'maxFramerate', sending.maxFramerate)
  } else encoding.priority = 'high' // C4: audio is never given up for video
  parameters.encodings = [encoding]
  return sender.setParameters(parameters)
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'refused')

/**
 * One of a Link's media lines as its sender: what was wished last is what it comes to, one step at a time, and what was
 * wished before there was a line is kept for it. Every wish is answered when the line has come to rest.
 */
export const createMediaLine = ({ kind, onTrack }: MediaLineOptions): MediaLine => {
  let receiver: RTCRtpReceiver | undefined
  let isClosed = false
  let wish: { track: MediaStreamTrack | null; sending: Sending | undefined } = {
    track: null,
    sending: undefined,
  }
  let current = wish
  let isStepping = false
  let running: Promise<Outcome> | undefined
  let found: (sender: RTCRtpSender | undefined) => void = () => undefined
  const senderFound = new Promise<RTCRtpSender | undefined>((resolve) => {
    found = resolve
  })

  /** The bounds first, so that nothing leaves without them. */
  const takeStep = async (sender: RTCRtpSender): Promise<void> => {
    const { track, sending } = wish
    if (sending !== undefined && sending !== current.sending) {
      try {
        await apply(sender, kind, sending)
        current = { ...current, sending }
      } catch (error) {
        if (wish.sending === sending) wish = { ...wish, sending: current.sending }
        throw error
      }
    } else {
      try {
        await sender.replaceTrack(track)
        current = { ...current, track }
      } catch (error) {
        if (wish.track === track) wish = { ...wish, track: current.track }
        throw error
      }
      onTrack()
    }
  }

  const isAtRest = (): boolean =>
    !isStepping && wish.track === current.track && wish.sending === current.sending

  const comeToRest = async (): Promise<Outcome> => {
    const sender = await senderFound
    let outcome: Outcome = ok(undefined)
    while (sender !== undefined && !isClosed && !isAtRest()) {
      isStepping = true
      try {
        await takeStep(sender)
      } catch (error) {
        outcome = fail({ type: 'lineRefused', detail: wordsOf(error) })
      }
      isStepping = false
    }
    running = undefined // in the turn in which it rests, or a wish could fall between
    return isClosed ? fail({ type: 'lineClosed' }) : outcome
  }

  const settle = (): Promise<Outcome> => {
    if (isClosed) return Promise.resolve(fail({ type: 'lineClosed' }))
    if (isAtRest()) return Promise.resolve(ok(undefined))
    running ??= comeToRest()
    return running
  }

  return {
    get track() {
      return current.track
    },
    get receiver() {
      return receiver
    },
    attach(transceiver) {
      receiver = transceiver.receiver
      found(transceiver.sender)
    },
    send(track) {
      wish = { ...wish, track }
      return settle()
    },
    setSending(sending) {
      wish = { ...wish, sending }
      return settle()
    },
    close() {
      isClosed = true
      found(undefined)
    },
  }
}
