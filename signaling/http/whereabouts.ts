import type { IncomingMessage } from 'node:http'

/** Where a request came from and whom it asked for, with a proxy's word believed only when it may be. */
export interface Whereabouts {
  scheme: 'http' | 'https'
  /** The host and port as the browser's address bar has them. */
  host: string
  /** The address of whoever asks, for counting attempts (A6). */
  address: string
  isLoopback: boolean
}

const hostPattern = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i
const loopbackPattern = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/** Undefined when the host is missing or not a host: it ends up in headers, so it must be nothing else. */
export const readWhereabouts = (
  request: IncomingMessage,
  listener: { isTls: boolean; trustProxy: boolean },
): Whereabouts | undefined => {
  const said = (name: string): string | undefined => (listener.trustProxy ? lastOf(request, name) : undefined)
  const host = (said('x-forwarded-host') ?? request.headers.host)?.toLowerCase()
  if (host === undefined || host.length > 255 || !hostPattern.test(host)) return undefined
  const proto = said('x-forwarded-proto')
  return {
    scheme: listener.isTls || proto === 'https' ? 'https' : 'http',
    host,
    address: said('x-forwarded-for') ?? request.socket.remoteAddress ?? 'unknown',
    isLoopback: loopbackPattern.test(host),
  }
}

/** The last value is the one our own proxy added; those before it anybody may have sent. */
const lastOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  const last = (Array.isArray(value) ? value.join(',') : value)?.split(',').at(-1)?.trim()
  return last === '' ? undefined : last
}

/** Whether an Origin is this very server's (S2): the host that was asked, by the same scheme, or the family's public URL. */
export const isOwnOrigin = (
  origin: string | undefined,
  { scheme, host }: Whereabouts,
  publicUrl: string | undefined,
): boolean => {
  if (origin === undefined) return false
  if (publicUrl !== undefined && origin === originOf(publicUrl)) return true
  return origin === originOf(`${scheme}://${host}`)
}

/** An origin as browsers write it, without the scheme's own port. */
export const originOf = (url: string): string | undefined => {
  try {
    return new URL(url).origin
  } catch {
    return undefined
  }
}
