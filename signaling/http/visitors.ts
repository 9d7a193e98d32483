import type { Visitor } from '../data/stored.ts'
import type { Sessions } from '../sessions.ts'
import type { Exchange } from './exchange.ts'
import { readSessionCookie } from './session-cookie.ts'

export type Asker = Pick<Exchange, 'request' | 'where'>

/** Who asks, by their cookie (A3). */
export const visitorOf = async (
  sessions: Pick<Sessions, 'find'>,
  { request, where }: Asker,
): Promise<Visitor | undefined> => {
  const token = readSessionCookie(request, where)
  return token === undefined ? undefined : sessions.find(token)
}
