/** How many things a session description describes: the data channels' line, and the media lines. */
export const countMediaLines = (sdp: string): number => sdp.match(/^m=/gm)?.length ?? 0

/** Loss is mended from the packet after, and silence costs next to nothing (RFC 7587). */
const wished = { useinbandfec: '1', usedtx: '1' } as const

const withWishes = (parameters: string): string => {
  const kept = parameters
    .split(';')
    .map((parameter) => parameter.trim())
    .filter((parameter) => parameter !== '' && !((parameter.split('=')[0] ?? '') in wished))
  return [...kept, ...Object.entries(wished).map(([name, value]) => `${name}=${value}`)].join(';')
}

/**
 * What the other side says it would like of our Opus, as if it had asked for error correction and silence as well. It
 * stands in what was received, where a browser reads how to send, so our own descriptions need not be changed.
 */
export const preferSpeech = (sdp: string): string => {
  const opus = new Set([...sdp.matchAll(/^a=rtpmap:(\d+) opus\/48000/gim)].map(([, payload]) => payload))
  if (opus.size === 0) return sdp
  return sdp.replace(/^a=fmtp:(\d+) ([^\r\n]*)/gm, (line, payload: string, parameters: string) =>
    opus.has(payload) ? `a=fmtp:${payload} ${withWishes(parameters)}` : line,
  )
}
