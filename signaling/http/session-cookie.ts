import { parseCookie, stringifySetCookie } from 'cookie'
import type { IncomingMessage } from 'node:http'
import type { Whereabouts } from './whereabouts.ts'

/**
 * The cookie that carries a session's token (A3). Over http on this very machine it goes without `Secure`, and so
 * without the `__Host-` prefix that needs it: Safari refuses such cookies on http://localhost. Everywhere else the prefix
 * makes sure that neither plain HTTP nor a neighbouring host name can have set it.
 */
const cookieFor = ({ scheme, isLoopback }: Whereabouts): { name: string; secure: boolean } =>
  scheme === 'http' && isLoopback
    ? { name: 'hearth-localhost', secure: false }
    : { name: '__Host-hearth', secure: true }

export const readSessionCookie = (request: IncomingMessage, where: Whereabouts): string | undefined =>
  parseCookie(request.headers.cookie ?? '')[cookieFor(where).name]

/** `maxAgeMs` 0 takes the cookie back. */
export const sessionCookie = (where: Whereabouts, token: string, maxAgeMs: number): string => {
  const { name, secure } = cookieFor(where)
  return stringifySetCookie({
    name,
    value: token,
    maxAge: Math.floor(maxAgeMs / 1000),
    path: '/',
    httpOnly: true,
    secure,
    sameSite: 'strict',
  })
}
