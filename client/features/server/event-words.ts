import type { ServerEventKind, ServerOverview } from '../../../shared/server-overview.ts'
import { formatNumber, t, tCount, type WordKey } from '../../ui/language/language.ts'

export type ServerEvent = ServerOverview['events'][number]

const words = {
  registered: 'server.events.registered',
  signedIn: 'server.events.signedIn',
  signInFailed: 'server.events.signInFailed',
  limited: 'server.events.limited',
  recovered: 'server.events.recovered',
  passwordChanged: 'server.events.passwordChanged',
  signedOut: 'server.events.signedOut',
  deviceRevoked: 'server.events.deviceRevoked',
  accountRemoved: 'server.events.accountRemoved',
  accountDisabled: 'server.events.accountDisabled',
  accountEnabled: 'server.events.accountEnabled',
  roleChanged: 'server.events.roleChanged',
  invitationMade: 'server.events.invitationMade',
  invitationRevoked: 'server.events.invitationRevoked',
  socketOpened: 'server.events.socketOpened',
  socketClosed: 'server.events.socketClosed',
  socketRefused: 'server.events.socketRefused',
} as const satisfies Record<ServerEventKind, WordKey>

/** What happened, as a sentence. Nobody is named where the server knows no name. */
export const describeServerEvent = ({ kind, who }: Pick<ServerEvent, 'kind' | 'who'>): string =>
  t(words[kind], { who: who ?? t('server.events.somebody') })

/** What an expert wants to know beside it. */
export const detailOf = ({ address, why }: Pick<ServerEvent, 'address' | 'why'>): string =>
  [address && t('server.events.from', { address }), why].filter(Boolean).join(' · ')

/** Those one should look at. */
export const isWorrying = ({ kind }: Pick<ServerEvent, 'kind'>): boolean =>
  kind === 'signInFailed' || kind === 'limited' || kind === 'socketRefused'

export const say = (number: number): string => formatNumber(number, { maximumFractionDigits: 1 })

/** "2.3 messages a minute". */
export const sayRate = (messagesPerMinute: number): string => {
  const rounded = Math.round(messagesPerMinute * 10) / 10
  return tCount('server.sockets.rate', rounded, { n: say(rounded) })
}
