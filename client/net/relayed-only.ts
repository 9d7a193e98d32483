import type { ConnectionSignal } from './introduction-payload.ts'

const isRelayed = (candidate: string): boolean => candidate === '' || / typ relay(?: |$)/.test(candidate)

/**
 * What the other device says, without the ways to it that lead by no relay; undefined where nothing is left. For one that hides: its
 * relay refuses to send into private networks, at once, and Chromium gives a connection up as soon as all ways known so far are
 * refused, though the next may be on its way. By relays the two always meet.
 */
export const relayedOnly = (signal: ConnectionSignal): ConnectionSignal | undefined => {
  if (signal.type === 'candidate') return isRelayed(signal.candidate) ? signal : undefined
  const lines = signal.sdp.split('\r\n')
  const kept = lines.filter((line) => !line.startsWith('a=candidate:') || isRelayed(line))
  return { ...signal, sdp: kept.join('\r\n') }
}
