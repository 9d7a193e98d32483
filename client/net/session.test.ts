import { beforeAll, expect, test } from 'vitest'
import type { ApiRequest, Send } from '../../shared/api-call.ts'
import { fromBase64Url, toBase64Url } from '../../shared/crypto/base64url.ts'
import { concatBytes, encodeUtf8 } from '../../shared/crypto/bytes.ts'
import { verifySignature } from '../../shared/crypto/ed25519.ts'
import { challengePath, sessionLabel, sessionPath, type SessionRequest } from '../../shared/session.ts'
import type { Device } from '../core/identity/device.ts'
import { createRelative, type Relative } from '../core/testing/relatives.ts'
import { readSession, renewSession } from './session.ts'

let relative: Relative
let device: Device
beforeAll(async () => {
  relative = await createRelative(1)
  device = relative.device
})

type Answer = Awaited<ReturnType<Send>>
const ticket = toBase64Url(new Uint8Array(32).fill(7))
const who = (of: string) => ({ account: relative.account, device: of, name: 'Anna', role: 'member' })
/** A server that answers each path so, and notes what it was asked. */
const serverWith = (answers: Partial<Record<string, Answer>>) => {
  const asked: ApiRequest[] = []
  const send: Send = (request) => {
    asked.push(request)
    return Promise.resolve(answers[request.path])
  }
  return { send, asked }
}
const ok = (body: unknown): Answer => ({ status: 200, body })
const refused = (problem: string, status = 403, more = {}): Answer => ({ status, body: { problem, ...more } })

test('A3: the cookie holds while the server says that it is this device’s', async () => {
  const read = (answer: Answer) => readSession(serverWith({ [sessionPath]: answer }).send, device.id)
  expect(await read(ok({ who: who(device.id) }))).toBe('open')
  expect(await read(ok({}))).toBe('none')
  expect(await read(ok({ who: who(toBase64Url(new Uint8Array(32))) }))).toBe('none') // an older profile's
  expect(await read(refused('signedOut', 401))).toBe('none')
  expect(await read(undefined)).toBe('unreachable')
  expect(await read(refused('serverError', 503))).toBe('unreachable')
  expect(await read({ status: 200, body: '<html>' })).toBe('unreachable')
})

test('A3: a device whose cookie is gone comes back by its key, with this very signature', async () => {
  const { send, asked } = serverWith({ [challengePath]: ok({ ticket }), [sessionPath]: ok(who(device.id)) })
  expect(await renewSession(send, device)).toEqual({ ok: true, value: undefined })
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `POST ${challengePath}`,
    `POST ${sessionPath}`,
  ])
  expect(asked[0]?.body).toEqual({ device: device.id })
  const body = asked[1]?.body as SessionRequest
  expect(body).toEqual({ ticket, signature: body.signature })
  const signed = concatBytes(encodeUtf8(sessionLabel), fromBase64Url(ticket)!)
  expect(await verifySignature(device.publicKey, fromBase64Url(body.signature)!, signed)).toBe(true)
  expect(body.signature).toMatchInlineSnapshot(
    `"yYHg1TR0q8awvmgF6dWW0f4NM8oUOqdLpjbuir6ziKJWGap2HdBux5a9J1XMDXums_3RcKl6oBVNN8ldvKtqBw"`,
  )
})

test.each([
  ['deviceUnknown', { type: 'signedOut' }],
  ['wrongProof', { type: 'serverError' }],
  ['disabled', { type: 'disabled' }],
  ['malformed', { type: 'serverError' }],
  ['serverError', { type: 'serverError' }],
] as const)('A3: refused with %s it says so', async (word, problem) => {
  const late = serverWith({ [challengePath]: ok({ ticket }), [sessionPath]: refused(word) })
  expect(await renewSession(late.send, device)).toEqual({ ok: false, problem })
  const early = serverWith({ [challengePath]: refused(word) })
  expect(await renewSession(early.send, device)).toEqual({ ok: false, problem })
})

test('A6: told to wait it says how long, and without a server it says that', async () => {
  const busy = serverWith({ [challengePath]: refused('tooManyTries', 429, { retryAfterSeconds: 9 }) })
  const problem = { type: 'tooManyTries', retryAfterSeconds: 9 }
  expect(await renewSession(busy.send, device)).toEqual({ ok: false, problem })
  const nobody = { ok: false, problem: { type: 'unreachable' } }
  expect(await renewSession(serverWith({}).send, device)).toEqual(nobody)
  expect(await renewSession(serverWith({ [challengePath]: ok({ ticket }) }).send, device)).toEqual(nobody)
  expect(await renewSession(serverWith({ [challengePath]: ok({ ticket: 'x' }) }).send, device)).toEqual(
    nobody,
  )
})
