import * as v from 'valibot'
import type { Visitor } from '../data/stored.ts'
import { refuse, type ApiAnswer } from './api-answer.ts'
import type { Exchange } from './exchange.ts'

/** One request, its body parsed. */
export interface ApiCall<Body> {
  body: Body
  /** What stood in the path where the route has `:name`. */
  params: Readonly<Record<string, string | undefined>>
  exchange: Exchange
}
export interface SignedInCall<Body> extends ApiCall<Body> {
  visitor: Visitor
}

export type ApiMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
/** `office`: owner and admins. */
export type ApiAccess = 'anybody' | 'signedIn' | 'office'

/** What a route takes, and whom. */
export interface ApiRoute {
  method: ApiMethod
  path: string
  access: ApiAccess
  takesBody: boolean
  /** The server's usual where it is undefined. */
  maxBodyBytes?: number | undefined
  /** The body as JSON had it: the route parses it before it does anything else. */
  handle(call: ApiCall<unknown>, visitor: Visitor | undefined): Promise<ApiAnswer>
}

/** A route for anybody, with a body. */
export const anybody = <Schema extends v.GenericSchema>(
  method: ApiMethod,
  path: string,
  schema: Schema,
  handle: (call: ApiCall<v.InferOutput<Schema>>) => Promise<ApiAnswer>,
): ApiRoute => ({
  method,
  path,
  access: 'anybody',
  takesBody: true,
  handle: async (call) => {
    const body = v.safeParse(schema, call.body)
    return body.success ? handle({ ...call, body: body.output }) : refuse('malformed')
  },
})

/** A route for those with a session, with a body. */
export const signedIn = <Schema extends v.GenericSchema>(
  access: 'signedIn' | 'office',
  method: ApiMethod,
  path: string,
  schema: Schema,
  handle: (call: SignedInCall<v.InferOutput<Schema>>) => Promise<ApiAnswer>,
  maxBodyBytes?: number,
): ApiRoute => ({
  method,
  path,
  access,
  takesBody: true,
  maxBodyBytes,
  handle: async (call, visitor) => {
    if (!visitor) return refuse('signedOut')
    const body = v.safeParse(schema, call.body)
    return body.success ? handle({ ...call, body: body.output, visitor }) : refuse('malformed')
  },
})

/** A route for those with a session, without a body. */
export const signedInAsking = (
  access: 'signedIn' | 'office',
  method: ApiMethod,
  path: string,
  handle: (call: SignedInCall<unknown>) => Promise<ApiAnswer>,
): ApiRoute => ({
  method,
  path,
  access,
  takesBody: false,
  handle: async (call, visitor) => (visitor ? handle({ ...call, visitor }) : refuse('signedOut')),
})
