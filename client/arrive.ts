import { fromBase64Url } from '../shared/crypto/base64url.ts'
import type { CallProblem } from '../shared/api-call.ts'
import type { Invitation } from '../shared/invitations.ts'
import { invitationLinkPrefix, readInvitationLink } from '../shared/invitation-link.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import { createArrival, type ArrivalOptions } from './core/account/create-arrival.ts'
import { createCalls, type AccountTools } from './core/account/account-tools.ts'
import type { Arrival, ArrivalProblem, OpenedInvitation } from './core/account/arrival.ts'
import { deriveInvitation, type InvitationSecrets } from './core/account/invitation-secret.ts'
import { openWelcome } from './core/account/welcome.ts'
import type { Device } from './core/identity/device.ts'
import { sendToServer } from './net/api-send.ts'
import { browserClock } from './net/browser-clock.ts'
import { browserRandom } from './net/browser-random.ts'
import { deviceNameOf } from './net/device-name.ts'
import { createOpaque } from './net/opaque/opaque-client.ts'
import { openOpaqueWorker } from './net/opaque/open-opaque-worker.ts'

/** What the flows of an account work with, in this browser. */
export const createTools = (device: Device): AccountTools => ({
  calls: createCalls(sendToServer),
  opaque: createOpaque({ openWorker: openOpaqueWorker, clock: browserClock }),
  device,
  deviceName: deviceNameOf(navigator.userAgent),
  clock: browserClock,
  random: browserRandom,
})

type Invited = NonNullable<ArrivalOptions['invited']>

/** Finds out what an invitation link is worth: the server says whether it is open, its secret opens the welcome (A1, A8). */
const lookAtInvitation = async (
  tools: AccountTools,
  link: string,
): Promise<Result<Invited, ArrivalProblem>> => {
  const fragment = link.trim().slice(Math.max(0, link.trim().indexOf(invitationLinkPrefix)))
  const secret = fromBase64Url(readInvitationLink(fragment) ?? '')
  if (!secret || secret.length === 0) return fail({ type: 'brokenLink' })
  const secrets = await deriveInvitation(secret)
  const found = await tools.calls.invitations.look({ code: secrets.code })
  return found.ok ? openInvitation(secrets, found.value) : fail(toArrivalProblem(found.problem))
}

const overWords = {
  unknown: 'invitationUnknown',
  used: 'invitationUsed',
  expired: 'invitationExpired',
  revoked: 'invitationRevoked',
} as const

const openInvitation = async (
  secrets: InvitationSecrets,
  invitation: Invitation,
): Promise<Result<Invited, ArrivalProblem>> => {
  if (invitation.state !== 'open') return fail({ type: overWords[invitation.state] })
  const { role, expiresAt, againAs } = invitation
  const again = againAs === undefined ? {} : { againAs }
  if (role === 'owner') return ok({ invited: { type: 'found', secrets }, shown: { type: 'found' } })
  if (invitation.welcome === undefined)
    return ok({ invited: { type: 'ask', secrets }, shown: { type: 'ask', expiresAt, ...again } })
  const welcome = await openWelcome(invitation.welcome, secrets)
  if (!welcome) return fail({ type: 'welcomeBroken' })
  const shown: OpenedInvitation = {
    type: 'join',
    familyName: welcome.genesis.familyName,
    inviterName: welcome.inviterName,
    role,
    expiresAt,
    ...again,
  }
  return ok({ invited: { type: 'join', secrets, welcome }, shown })
}

const toArrivalProblem = (problem: CallProblem): ArrivalProblem => {
  if (problem.type === 'tooManyTries') return problem
  return { type: problem.type === 'unreachable' ? 'unreachable' : 'serverError' }
}

export interface ArriveOptions extends Pick<ArrivalOptions, 'openLink' | 'enter'> {
  device: Device
  /** Where the page was opened with a link, or one was pasted. */
  link: string | undefined
  problem: ArrivalProblem | undefined
}

/** What somebody without an account in this browser sees. */
export const arrive = async ({ device, link, problem, openLink, enter }: ArriveOptions): Promise<Arrival> => {
  const tools = createTools(device)
  const looked = link === undefined ? undefined : await lookAtInvitation(tools, link)
  // What a form here will ask for first takes a moment to load.
  tools.opaque.prepare()
  return createArrival({
    tools,
    invited: looked?.ok === true ? looked.value : undefined,
    problem: looked?.ok === false ? looked.problem : problem,
    origin: location.origin,
    openLink,
    enter,
  })
}
