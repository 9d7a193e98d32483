/** RED says each piece of speech twice, a packet apart, so that one lost packet is not heard (RFC 2198). */
const speechFirst = ['audio/red', 'audio/opus']

/**
 * Prefers what mends loss, where the browser has it (Chromium does, Firefox does not); without, Opus mends itself
 * (speech-sdp.ts). What the browser does not know stays as it is.
 */
export const preferMendingCodecs = (transceiver: RTCRtpTransceiver): void => {
  const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? []
  const preferred = speechFirst.flatMap((type) =>
    codecs.filter(({ mimeType }) => mimeType.toLowerCase() === type),
  )
  if (preferred.length < speechFirst.length) return
  transceiver.setCodecPreferences([...preferred, ...codecs.filter((codec) => !preferred.includes(codec))])
}
