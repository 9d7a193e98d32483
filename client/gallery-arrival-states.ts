import type { AccountProblem } from './core/account/account-problem.ts'
import type { Arrival, LinkingOffer, OpenedInvitation } from './core/account/arrival.ts'
import type { LockedDoor } from './core/account/my-account.ts'
import { createValue } from './core/value.ts'
import type { AppState, SignedOutWhy } from './features/app-state.ts'
import { fail, ok, type Result } from '../shared/result.ts'

/** The states of the screens before the chat, for the gallery: over invented invitations, and a server that answers as told. */

const serverMs = 700
const inTwoDays = Date.now() + 2 * 24 * 60 * 60_000

const answer = (problem?: AccountProblem): Promise<Result<void, AccountProblem>> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(problem ? fail(problem) : ok(undefined)), serverMs)
  })

const fakeOffer = (status: ReturnType<LinkingOffer['status']['get']>): LinkingOffer => ({
  link: 'https://hearth.local:8443/#link/Yb4Y1S3cKq0vXo3m9J8s2kq7H0nQ5t1wPzUeLrA6dGfMhVxBiCjDkElFnGoHpIqJrKsLtMuNvOwPxQyRzSATBU',
  checkDigits: Promise.resolve('417203'),
  status: createValue(status),
  cancel: () => undefined,
})

interface Wanted {
  invitation?: OpenedInvitation
  problem?: Arrival['problem']
  /** What everything that is tried comes to. */
  outcome?: AccountProblem
  linking?: ReturnType<LinkingOffer['status']['get']>
}

export const fakeArrival = (wanted: Wanted = {}): Arrival => ({
  invitation: wanted.invitation,
  problem: wanted.problem,
  openLink: () => undefined,
  register: ({ password }) =>
    answer(wanted.outcome ?? (password.length < 8 ? { type: 'passwordTooShort', limit: 8 } : undefined)),
  signIn: () => answer(wanted.outcome),
  recover: () => answer(wanted.outcome ?? { type: 'notAPhrase' }),
  beginLinking: () => fakeOffer(wanted.linking ?? 'waiting'),
})

const arriving = (wanted?: Wanted) => (): AppState => ({ status: 'arriving', arrival: fakeArrival(wanted) })

const joining = (more: Partial<Extract<OpenedInvitation, { type: 'join' }>> = {}): OpenedInvitation => ({
  type: 'join',
  familyName: 'The Lindqvists',
  inviterName: 'Anna',
  role: 'member',
  expiresAt: inTwoDays,
  ...more,
})

const phrase =
  'legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title'.split(
    ' ',
  )

const locked = (door: Partial<LockedDoor>) => (): AppState => ({
  status: 'locked',
  door: {
    hasPassphrase: true,
    hasPasskey: false,
    unlock: () => answer({ type: 'wrongPassphrase' }),
    unlockByPasskey: () => answer({ type: 'passkeyFailed' }),
    ...door,
  },
})

const signedOut = (why: SignedOutWhy) => (): AppState => ({
  status: 'signedOut',
  why,
  wipe: () => answer().then(() => undefined),
})

export const arrivalStates: Record<string, () => AppState> = {
  insecure: () => ({ status: 'insecure' }),
  lightHearth: arriving({ invitation: { type: 'found' } }),
  invited: arriving({ invitation: joining() }),
  invitedAsAdmin: arriving({ invitation: joining({ role: 'admin' }) }),
  invitedAgain: arriving({ invitation: joining({ againAs: 'Grandpa' }) }),
  invitedByServer: arriving({ invitation: { type: 'ask', expiresAt: inTwoDays } }),
  invitedLong: arriving({
    invitation: joining({
      familyName: 'Donaudampfschifffahrtselektrizitätenhaupt',
      inviterName: 'Maximiliane-Philippa von Hohenstein',
    }),
  }),
  nameTaken: arriving({ invitation: joining(), outcome: { type: 'nameTaken' } }),
  signIn: arriving(),
  wrongLogin: arriving({ outcome: { type: 'wrongLogin' } }),
  tooManyTries: arriving({ outcome: { type: 'tooManyTries', retryAfterSeconds: 240 } }),
  storageLost: arriving({ problem: { type: 'storageLost' } }),
  invitationUsed: arriving({ problem: { type: 'invitationUsed' } }),
  invitationExpired: arriving({ problem: { type: 'invitationExpired' } }),
  brokenLink: arriving({ problem: { type: 'brokenLink' } }),
  welcomeBroken: arriving({ problem: { type: 'welcomeBroken' } }),
  linkUnreachable: arriving({ problem: { type: 'unreachable' } }),
  linkingExpired: arriving({ linking: 'expired' }),
  keepPhrase: () => ({
    status: 'keepPhrase',
    words: phrase,
    onKept: () => undefined,
    onLater: () => undefined,
  }),
  waiting: () => ({
    status: 'waiting',
    name: 'Mia',
    safetyNumber: '04711 81234 56789 01234 98765 43210 11223 34455 66778 89900 13579 24680',
    signOut: () => answer().then(() => undefined),
  }),
  locked: locked({}),
  lockedByPasskey: locked({ hasPassphrase: false, hasPasskey: true }),
  lockedByBoth: locked({ hasPasskey: true }),
  deviceRevoked: signedOut('deviceRevoked'),
  turnedAway: signedOut('turnedAway'),
  accountRemoved: signedOut('accountRemoved'),
}
