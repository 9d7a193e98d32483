import { randomBytes } from 'node:crypto'
import { codeOf } from '../auth/invitation-secret.ts'
import { codeHashOf } from '../auth/secrets.ts'
import { readInvitationLink } from '../../shared/invitation-link.ts'
import { invitationsPath } from '../../shared/invitations.ts'
import { loginFinishPath, loginStartPath } from '../../shared/login.ts'
import { registrationFinishPath, registrationStartPath } from '../../shared/registration.ts'
import { sessionLabel, sessionPath, type Who } from '../../shared/session.ts'
import {
  certify,
  makeDevice,
  makeIdentity,
  signTicket,
  type TestDevice,
  type TestIdentity,
} from './test-identity.ts'
import { beginLogin, beginRegistration } from './test-opaque.ts'
import { cookieOf, type TestAnswer, type TestClient } from './test-server.ts'

/** Somebody with an account, made through the API as a browser makes it. */
export interface TestAccount extends TestIdentity {
  name: string
  password: string
  device: TestDevice
  who: Who
  cookie: string
  seedBox: string
  keyringBox: string
}

export interface SignUpWish {
  /** The invitation's secret. */
  secret: string
  name?: string
  password?: string
  identity?: TestIdentity
  device?: TestDevice
}

export const secretOf = (link: string | undefined): string => {
  const secret = readInvitationLink(new URL(link ?? '').hash)
  if (secret === undefined) throw new Error(`no invitation link: ${link}`)
  return secret
}
export const codeOfSecret = (secret: string): string =>
  codeOf(Buffer.from(secret, 'base64url')).toString('base64url')

let people = 0

/** The second request of a registration, made but not sent: a test may change it. */
export const prepareSignUp = async (server: TestClient, wish: SignUpWish) => {
  people += 1
  const name = wish.name ?? `Person ${people}`
  const password = wish.password ?? `password of ${name}`
  const identity = wish.identity ?? (await makeIdentity())
  const device = wish.device ?? (await makeDevice())
  const registration = beginRegistration(password)
  const started = await server.post(registrationStartPath, {
    code: codeOfSecret(wish.secret),
    name,
    request: registration.request,
  })
  const { ticket, response } = started.body as { ticket: string; response: string }
  if (started.status !== 200) return { started, identity, device, name, password, body: undefined }
  const body = {
    ticket,
    record: registration.finish(response).registrationRecord,
    boxes: { seed: randomBytes(60).toString('base64url'), keyring: randomBytes(90).toString('base64url') },
    certificate: await certify(identity, device),
    signature: await signTicket(device.key, sessionLabel, ticket),
  }
  return { started, identity, device, name, password, body }
}

export const signUp = async (server: TestClient, wish: SignUpWish): Promise<TestAccount> => {
  const { started, identity, device, name, password, body } = await prepareSignUp(server, wish)
  if (!body) throw new Error(`not registered: ${started.status} ${started.text}`)
  const finished = await server.post(registrationFinishPath, body)
  if (finished.status !== 200) throw new Error(`not registered: ${finished.status} ${finished.text}`)
  return {
    ...identity,
    name,
    password,
    device,
    who: finished.body as Who,
    cookie: cookieOf(finished),
    seedBox: body.boxes.seed,
    keyringBox: body.boxes.keyring,
  }
}

/** Answers the invitation's secret. */
export const inviteBy = async (
  server: TestClient,
  inviter: { cookie: string },
  wish: { role?: 'admin' | 'member'; uses?: number; lifetimeMs?: number; again?: string } = {},
): Promise<string> => {
  const secret = randomBytes(16)
  const created = await server.post(
    invitationsPath,
    {
      id: randomBytes(32).toString('base64url'),
      codeHash: codeHashOf(codeOf(secret)),
      role: wish.role ?? 'member',
      lifetimeMs: wish.lifetimeMs ?? 60_000,
      uses: wish.uses ?? 1,
      welcome: randomBytes(100).toString('base64url'),
      ...(wish.again === undefined ? {} : { again: wish.again }),
    },
    inviter.cookie,
  )
  if (created.status !== 200) throw new Error(`not invited: ${created.status} ${created.text}`)
  return secret.toString('base64url')
}

export interface LoginOutcome {
  answer: TestAnswer
  /** From a login that went well. */
  ticket: string
}

/** Name and password, up to the ticket. */
export const logIn = async (server: TestClient, name: string, password: string): Promise<LoginOutcome> => {
  const login = beginLogin(password)
  const started = await server.post(loginStartPath, { name, request: login.request })
  if (started.status !== 200) return { answer: started, ticket: '' }
  const { ticket, response } = started.body as { ticket: string; response: string }
  // Who has the wrong password cannot make the second message; any other will do to hear the server's word.
  const finish = login.finish(response)?.finishLoginRequest ?? randomBytes(64).toString('base64url')
  const answer = await server.post(loginFinishPath, { ticket, finish })
  return { answer, ticket: (answer.body as { ticket?: string }).ticket ?? '' }
}

/** Binds a device to a session with a ticket. */
export const bind = async (
  server: TestClient,
  identity: TestIdentity,
  device: TestDevice,
  ticket: string,
): Promise<TestAnswer> =>
  server.post(sessionPath, {
    ticket,
    certificate: await certify(identity, device),
    signature: await signTicket(device.key, sessionLabel, ticket),
  })
