import createRouter from 'find-my-way'
import type { Visitor } from '../data/stored.ts'
import { refuse, sendApiAnswer, type ApiAnswer } from './api-answer.ts'
import type { ApiMethod, ApiRoute } from './api-route.ts'
import { readJsonBody } from './body.ts'
import type { Exchange } from './exchange.ts'
import { isOwnOrigin } from './whereabouts.ts'

export interface ApiRouterOptions {
  routes: readonly ApiRoute[]
  visitorOf(exchange: Exchange): Promise<Visitor | undefined>
  publicUrl: string | undefined
  maxBodyBytes: number
}

const methods: readonly ApiMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Everything under /api, in one order: is there such an address, does it come from our own pages (S2), with the session it needs (G2),
 * is it small enough, is it what the address takes. Only then does its handler see it.
 */
export const createApiRouter = (options: ApiRouterOptions): ((exchange: Exchange) => Promise<void>) => {
  const router = createRouter({ caseSensitive: true })
  const routeOf = new Map<unknown, ApiRoute>()
  for (const route of options.routes) {
    // find-my-way finds; calling is ours, so each route gets a function of its own to be known by.
    const mark = (): void => undefined
    routeOf.set(mark, route)
    router.on(route.method, route.path, mark)
  }
  const find = (method: string, path: string) => {
    const known = methods.find((candidate) => candidate === method)
    const found = known && router.find(known, path)
    const route = found ? routeOf.get(found.handler) : undefined
    return found && route ? { route, params: found.params } : undefined
  }
  const isFromOurPages = ({ request, where }: Exchange): boolean =>
    request.headers['sec-fetch-site'] === 'same-origin' ||
    isOwnOrigin(request.headers.origin, where, options.publicUrl)

  const admit = async (
    { access }: ApiRoute,
    exchange: Exchange,
  ): Promise<{ visitor: Visitor | undefined } | { refusal: ApiAnswer }> => {
    if (access === 'anybody') return { visitor: undefined }
    const visitor = await options.visitorOf(exchange)
    if (!visitor) return { refusal: refuse('signedOut') }
    return access === 'office' && visitor.role === 'member' ? { refusal: refuse('notAllowed') } : { visitor }
  }

  return async (exchange) => {
    const { path, request } = exchange
    const found = find(request.method ?? '', path)
    if (!found) {
      const allowed = methods.filter((method) => find(method, path))
      if (allowed.length === 0) return sendApiAnswer(exchange, refuse('notFound'))
      return sendApiAnswer(exchange, refuse('malformed'), { Allow: allowed.join(', ') }, 405)
    }
    const { route, params } = found
    if (route.method !== 'GET' && !isFromOurPages(exchange))
      return sendApiAnswer(exchange, refuse('foreignOrigin'))
    const admitted = await admit(route, exchange)
    if ('refusal' in admitted) return sendApiAnswer(exchange, admitted.refusal)
    let body: unknown
    if (route.takesBody) {
      const read = await readJsonBody(request, route.maxBodyBytes ?? options.maxBodyBytes)
      if (!read.ok) {
        const word = read.problem === 'tooLarge' ? 'tooLarge' : 'malformed'
        return sendApiAnswer(exchange, refuse(word), { Connection: 'close' })
      }
      body = read.value
    }
    sendApiAnswer(exchange, await route.handle({ body, params, exchange }, admitted.visitor))
  }
}
