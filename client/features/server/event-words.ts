import type { ServerEventKind, ServerOverview } from '../../../shared/server-overview.ts'

export type ServerEvent = ServerOverview['events'][number]

const words: Readonly<Record<ServerEventKind, string>> = {
  registered: 'has registered',
  signedIn: 'has signed in',
  signInFailed: 'could not sign in',
  limited: 'has tried too often and has to wait',
  recovered: 'has come back by the recovery phrase',
  passwordChanged: 'has a new password',
  signedOut: 'has signed out',
  deviceRevoked: 'has revoked a device',
  accountRemoved: 'was removed',
  accountDisabled: 'may not sign in for now',
  accountEnabled: 'may sign in again',
  roleChanged: 'has another role',
  invitationMade: 'has made an invitation',
  invitationRevoked: 'has revoked an invitation',
  socketOpened: 'has connected',
  socketClosed: 'has gone',
  socketRefused: 'was not let in',
}

/** What happened, as a sentence. Nobody is named where the server knows no name. */
export const describeServerEvent = ({ kind, who }: Pick<ServerEvent, 'kind' | 'who'>): string =>
  `${who ?? 'Somebody'} ${words[kind]}`

/** What an expert wants to know beside it. */
export const detailOf = ({ address, why }: Pick<ServerEvent, 'address' | 'why'>): string =>
  [address && `from ${address}`, why].filter(Boolean).join(' · ')

/** Those one should look at. */
export const isWorrying = ({ kind }: Pick<ServerEvent, 'kind'>): boolean =>
  kind === 'signInFailed' || kind === 'limited' || kind === 'socketRefused'

const numbers = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
export const say = (number: number): string => numbers.format(number)

export const count = (number: number, one: string, many: string): string =>
  `${say(number)} ${number === 1 ? one : many}`
