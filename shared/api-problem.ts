import * as v from 'valibot'

/**
 * What every refused request under /api answers: a stable word for programs, beside the status. The client makes the words for
 * people. `retryAfterSeconds` comes with `tooManyTries`, and stands in Retry-After as well (A6).
 */
export const apiProblemWords = [
  /** 400: not what this address takes. */
  'malformed',
  /** 401: no session, or one that has ended. */
  'signedOut',
  /** 403: a session, and not the right to do this (G2). */
  'notAllowed',
  /** 403: from a page that is not ours (S2). */
  'foreignOrigin',
  /** 403: name and password do not belong together, or there is no such name: both are answered alike (A4). */
  'wrongLogin',
  /** 403: a signature, certificate or ticket that proves nothing, or no longer. */
  'wrongProof',
  /** 403: sign-in of this account is turned off. */
  'disabled',
  /** 403: this device was signed out or revoked: name and password bring it back, or the phrase. */
  'deviceUnknown',
  /** 404 */
  'notFound',
  /** 409 */
  'nameTaken',
  /** 410: what became of the invitation. */
  'invitationUnknown',
  'invitationUsed',
  'invitationExpired',
  'invitationRevoked',
  /** 413 */
  'tooLarge',
  /** 429 */
  'tooManyTries',
  /** 500, 503 */
  'serverError',
] as const
export type ApiProblemWord = (typeof apiProblemWords)[number]

export const apiProblemSchema = v.object({
  problem: v.picklist(apiProblemWords),
  retryAfterSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
})
export type ApiProblem = v.InferOutput<typeof apiProblemSchema>
