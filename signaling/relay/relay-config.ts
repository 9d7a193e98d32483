import { neverRelayedTo } from './networks.ts'
import type { RelayPlan } from './relay-plan.ts'

export interface RelaySettings {
  port: number
  /** First and last, of those that relayed devices get. */
  relayPorts: readonly [number, number]
  /** Shared with coturn, which computes from it the same credentials as the server (S8). */
  secret: string
  /** Where coturn may write its process id. */
  pidFile: string
}

/**
 * A connection asks for two relayed addresses (by UDP and by TCP) for each network its device is in: so these are several devices,
 * each linked with some dozens of others.
 */
const quotas = {
  /** Of one account. */
  user: 400,
  total: 4_000,
  /** Of one relayed address: a call in good quality, or files at 32 Mbit/s. */
  maxBytesPerSecond: 4_000_000,
}

/**
 * What coturn reads. It lies in a file, since anybody on the machine can read a command line. Of private ranges it relays into none:
 * every device of the family has a relayed address of its own here, and from one to another is all that is needed.
 */
export const relayConfig = ({ port, relayPorts, secret, pidFile }: RelaySettings, plan: RelayPlan): string =>
  [
    '# Written by Hearth at each start. Changes are lost.',
    `listening-port=${port}`,
    ...plan.listenOn.map((address) => `listening-ip=${address}`),
    `relay-ip=${plan.address}`,
    `min-port=${relayPorts[0]}`,
    `max-port=${relayPorts[1]}`,
    'realm=hearth',
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    'stale-nonce=600',
    `user-quota=${quotas.user}`,
    `total-quota=${quotas.total}`,
    `max-bps=${quotas.maxBytesPerSecond}`,
    // What it relays is encrypted between the devices; a second encryption up to here would need a certificate.
    'no-tls',
    'no-dtls',
    'no-cli',
    'no-tcp-relay',
    'no-multicast-peers',
    // Answers no longer than what was asked, so that nobody uses it to flood others.
    'no-rfc5780',
    'no-stun-backward-compatibility',
    'response-origin-only-with-rfc5780',
    'no-software-attribute',
    ...[...neverRelayedTo, ...plan.ownNetworks].map((range) => `denied-peer-ip=${range}`),
    // Goes before what is denied.
    `allowed-peer-ip=${plan.address}`,
    // Nobody is looked up: it would otherwise look for a database.
    'userdb=:memory:',
    'simple-log',
    'log-file=stdout',
    `pidfile=${pidFile}`,
    '',
  ].join('\n')
