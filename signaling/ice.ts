import { createHmac, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { inUrl } from './certificates/names.ts'
import type { IceAnswer } from '../shared/ice.ts'
import type { AccountId } from '../shared/identifiers.ts'
import type { OwnRelay } from './relay/open-relay.ts'
import type { Whereabouts } from './http/whereabouts.ts'

export interface IceSettings {
  urls: readonly string[]
  turnSecret?: string | undefined
  /** How long credentials are good for; an hour where it is left out. */
  lifetimeMs?: number | undefined
  /** Runs here, where no `urls` are set. */
  relay?: Pick<OwnRelay, 'address' | 'port' | 'secret'> | undefined
}

export interface IceAsker {
  account: AccountId
  where: Pick<Whereabouts, 'host' | 'isLoopback'>
}

const usualLifetimeMs = 60 * 60 * 1000

interface Offered {
  urls: readonly string[]
  secret: string | undefined
  /** Behind the time, in the name under which the relay knows of somebody. */
  user: string
}

/** Which STUN and TURN servers to use; the TURN ones with credentials for a while, as coturn's REST interface takes them (S8). */
export const createIceAnswer = (settings: IceSettings, asker: IceAsker, now: number): IceAnswer => {
  const { urls, secret, user } = offered(settings, asker)
  const stun = urls.filter((url) => url.startsWith('stun:'))
  const turn = urls.filter((url) => !url.startsWith('stun:'))
  const stunServers = stun.length > 0 ? [{ urls: stun }] : []
  if (turn.length === 0 || secret === undefined) return { iceServers: stunServers }
  const validForMs = settings.lifetimeMs ?? usualLifetimeMs
  const username = `${Math.floor((now + validForMs) / 1000)}:${user}`
  const credential = createHmac('sha1', secret).update(username).digest('base64')
  return { iceServers: [...stunServers, { urls: turn, username, credential }], validForMs }
}

const offered = ({ urls, turnSecret, relay }: IceSettings, { account, where }: IceAsker): Offered => {
  const address = relay?.address()
  // Random, not the account: somebody else's relay needs to know of nobody.
  if (relay === undefined || address === undefined)
    return { urls: [...urls], secret: turnSecret, user: randomBytes(9).toString('base64url') }
  const at = `${hostFor(where, address)}:${relay.port}`
  return {
    urls: [`stun:${at}`, `turn:${at}?transport=udp`, `turn:${at}?transport=tcp`],
    secret: relay.secret,
    user: nameFor(account, relay.secret),
  }
}

/** One name for an account, so that its quota is its own however often it asks, and from which nobody can tell the account. */
const nameFor = (account: AccountId, secret: string): string =>
  createHmac('sha256', secret).update(`hearth/v1/relay-user${account}`).digest('base64url').slice(0, 12)

/**
 * Whatever name the page was reached by leads here. But a browser's connections do not go from localhost to other addresses, and
 * names like box.local are not looked up for them everywhere.
 */
const hostFor = ({ host, isLoopback }: IceAsker['where'], address: string): string => {
  const name = host.replace(/:\d+$/, '')
  const isOnlyHere = isLoopback || (name.endsWith('.local') && isIP(name) === 0)
  return isOnlyHere ? inUrl(address) : name
}
