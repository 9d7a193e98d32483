import { client, ready, server } from '@serenity-kit/opaque'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createFakeClock } from '../../core/testing/fake-clock.ts'
import { createNodeOpaque } from '../../core/testing/node-opaque.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { answerOpaque } from './answer-opaque.ts'
import { createOpaque, type OpaqueWorker } from './opaque-client.ts'
import { opaqueQuestionSchema } from './opaque-messages.ts'
import * as v from 'valibot'

await ready
const engine = createNodeOpaque()
const serverSetup = server.createSetup()
const userIdentifier = 'anna'
const password = 'correct horse battery'

/** A worker as the browser makes it, in this thread: what passes is cloned. */
const createFakeWorker = (answer = (message: unknown): Promise<unknown> => answerOpaque(engine, message)) => {
  const worker: OpaqueWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (question) =>
      void answer(structuredClone(question)).then((data) => {
        if (data !== undefined && !terminate.mock.lastCall)
          worker.onmessage?.({ data: structuredClone(data) } as MessageEvent<unknown>)
      }),
    terminate: () => terminate(),
  }
  const terminate = vi.fn<() => void>()
  return { worker, terminate }
}

const setUp = (answer?: (message: unknown) => Promise<unknown>) => {
  const workers: ReturnType<typeof createFakeWorker>[] = []
  const clock = createFakeClock()
  const opaque = createOpaque({
    clock,
    openWorker() {
      const opened = createFakeWorker(answer)
      workers.push(opened)
      return opened.worker
    },
  })
  const running = () => workers.filter(({ terminate }) => terminate.mock.calls.length === 0).length
  return { opaque, clock, workers, running }
}

const register = async (opaque = setUp().opaque) => {
  const begun = await opaque.startRegistration(password)
  const { registrationResponse } = server.createRegistrationResponse({
    serverSetup,
    userIdentifier,
    registrationRequest: begun!.request,
  })
  return (await opaque.finishRegistration(password, begun!.state, registrationResponse))!
}

const answerLogin = (registrationRecord: string, startLoginRequest: string) =>
  server.startLogin({ serverSetup, userIdentifier, registrationRecord, startLoginRequest })

test('A2: registration and login give the same export key, and the server is convinced', async () => {
  const { opaque, workers, running } = setUp()
  const { record, exportKey } = await register(opaque)
  expect(exportKey).toHaveLength(64)
  const begun = await opaque.startLogin(password)
  expect(running(), 'one worker stays from start to finish').toBe(1)
  const { loginResponse, serverLoginState } = answerLogin(record, begun!.request)
  const login = await opaque.finishLogin(password, begun!.state, loginResponse)
  expect(login?.exportKey).toEqual(exportKey)
  expect(() => server.finishLogin({ serverLoginState, finishLoginRequest: login!.finish })).not.toThrow()
  expect(workers).toHaveLength(2)
  expect(running(), 'a worker ends after use').toBe(0)
})

test('A2: a wrong password is a value, and so is a record stretched with less', async () => {
  const { opaque, running } = setUp()
  const { record } = await register()
  const wrong = await opaque.startLogin('wrong horse battery')
  const answer = answerLogin(record, wrong!.request)
  expect(await opaque.finishLogin('wrong horse battery', wrong!.state, answer.loginResponse)).toBeUndefined()

  const weak = client.startRegistration({ password })
  const { registrationResponse } = server.createRegistrationResponse({
    serverSetup,
    userIdentifier,
    registrationRequest: weak.registrationRequest,
  })
  const { registrationRecord } = client.finishRegistration({
    password,
    registrationResponse,
    clientRegistrationState: weak.clientRegistrationState,
    keyStretching: { 'argon2id-custom': { iterations: 1, memory: 8, parallelism: 1 } },
  })
  const begun = await opaque.startLogin(password)
  const { loginResponse } = answerLogin(registrationRecord, begun!.request)
  expect(await opaque.finishLogin(password, begun!.state, loginResponse)).toBeUndefined()
  expect(running()).toBe(0)
})

test('A2: the way into the worker has no place for a cost', () => {
  const question = { id: 1, call: 'finishLogin', password, state: 'AA', response: 'AA' }
  expect(v.safeParse(opaqueQuestionSchema, question).success).toBe(true)
  const cheap = { ...question, keyStretching: 'rfc-draft-recommended' }
  expect(v.safeParse(opaqueQuestionSchema, cheap).success).toBe(false)
})

test('A2: garbage from a server is a value', async () => {
  const { opaque, running } = setUp()
  const base64Url = fc.string({
    unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_'),
    minLength: 0,
    maxLength: 700,
  })
  const registration = await opaque.startRegistration(password)
  const login = await opaque.startLogin(password)
  await fc.assert(
    fc.asyncProperty(fc.oneof(base64Url, fc.string()), async (response) => {
      expect(await opaque.finishRegistration(password, registration!.state, response)).toBeUndefined()
      expect(await opaque.finishLogin(password, login!.state, response)).toBeUndefined()
      expect(await opaque.finishLogin(password, response, response)).toBeUndefined()
    }),
    { numRuns: 40 },
  )
  expect(running()).toBe(0)
})

test('A2: a worker that cannot be opened, fails, talks nonsense or never answers gives nothing, and ends', async () => {
  const refused = createOpaque({
    clock: createFakeClock(),
    openWorker() {
      throw new TypeError('the policy forbids it')
    },
  })
  refused.prepare()
  expect(await refused.startLogin(password)).toBeUndefined()

  const silent = setUp(() => new Promise(() => undefined))
  const failed = silent.opaque.startLogin(password)
  silent.workers[0]!.worker.onerror!({} as ErrorEvent)
  expect(await failed).toBeUndefined()
  const late = silent.opaque.startLogin(password)
  await silent.clock.advance(accountLimits.opaqueAnswerMs)
  expect(await late).toBeUndefined()
  expect(silent.running()).toBe(0)

  for (const nonsense of [
    'text',
    null,
    { id: 1 },
    { id: 'one', outcome: {} },
    { id: 1, outcome: { state: 5 } },
  ]) {
    const talker = setUp(() => Promise.resolve(nonsense))
    expect(await talker.opaque.finishLogin(password, 'AA', 'AA')).toBeUndefined()
    expect(talker.running()).toBe(0)
  }
})

test('A2: a worker whose second half does not come ends by itself', async () => {
  const { opaque, clock, running, workers } = setUp()
  opaque.prepare()
  opaque.prepare()
  expect(running()).toBe(1)
  await opaque.startLogin(password)
  expect(running()).toBe(1)
  await clock.advance(accountLimits.opaqueIdleMs)
  expect(running()).toBe(0)
  expect(workers).toHaveLength(1)
})

test('A2: the worker answers no message that is no question', async () => {
  for (const message of [
    undefined,
    null,
    5,
    'startLogin',
    {},
    { id: 1, call: 'createServerSetup', password },
  ])
    expect(await answerOpaque(engine, message)).toBeUndefined()
})
