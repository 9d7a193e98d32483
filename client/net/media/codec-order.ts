import type { LineKind } from './line-kinds.ts'

/** RED says each piece of speech twice, a packet apart, so that one lost packet is not heard (RFC 2198). */
const speechFirst = ['audio/red', 'audio/opus']
/**
 * A mesh encodes a camera once for everybody, and H.264 takes about two thirds of the processor that VP8 takes here, even without a chip
 * for it. Browsers without it (a free build, a Firefox that has not fetched it) go on with what both have.
 */
const cameraFirst = ['video/h264']

const preferring = (kind: 'audio' | 'video', types: readonly string[]): RTCRtpCodec[] | undefined => {
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? []
  const of = (type: string) => codecs.filter(({ mimeType }) => mimeType.toLowerCase() === type)
  if (!types.every((type) => of(type).length > 0)) return undefined
  const preferred = types.flatMap(of)
  return [...preferred, ...codecs.filter((codec) => !preferred.includes(codec))]
}

/**
 * Puts first what suits the line, where the browser has it: for speech what mends loss (Chromium has it; in Firefox Opus mends itself,
 * speech-sdp.ts), for the camera what costs least. Screens stay with what the browser would take, as what the browser does not know does.
 */
export const preferCodecs = (transceiver: RTCRtpTransceiver, kind: LineKind): void => {
  const order =
    kind === 'camera'
      ? preferring('video', cameraFirst)
      : kind === 'screen'
        ? undefined
        : preferring('audio', speechFirst)
  if (order !== undefined) transceiver.setCodecPreferences(order)
}
