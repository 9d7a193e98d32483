import { createHmac, randomBytes } from 'node:crypto'
import type { IceAnswer } from '../shared/ice.ts'

export interface IceSettings {
  urls: readonly string[]
  turnSecret?: string | undefined
}

const credentialLifetimeMs = 60 * 60 * 1000

/** Which STUN and TURN servers to use; the TURN ones with credentials of one hour, as coturn's REST interface takes them (S8). */
export const createIceAnswer = ({ urls, turnSecret }: IceSettings, now: number): IceAnswer => {
  const stun = urls.filter((url) => url.startsWith('stun:'))
  const turn = urls.filter((url) => !url.startsWith('stun:'))
  const stunServers = stun.length > 0 ? [{ urls: stun }] : []
  if (turn.length === 0 || turnSecret === undefined) return { iceServers: stunServers }
  const expiresAt = now + credentialLifetimeMs
  // Random, not the device: the TURN server needs to know of nobody.
  const username = `${Math.floor(expiresAt / 1000)}:${randomBytes(9).toString('base64url')}`
  const credential = createHmac('sha1', turnSecret).update(username).digest('base64')
  return { iceServers: [...stunServers, { urls: turn, username, credential }], expiresAt }
}
