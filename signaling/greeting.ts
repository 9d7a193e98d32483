import { renderUnicodeCompact } from 'uqr'
import { inUrl, type MachineNames } from './certificates/names.ts'
import type { RunningServer, ServerConfig } from './server.ts'

export interface GreetingOptions {
  server: RunningServer
  config: ServerConfig
  names: MachineNames
  /** Whether colours can be shown; else the QR code is in the colours of whoever reads. */
  isTerminal: boolean
}

/** What the server says when it is up. The only place where a link to the first account is ever printed. */
export const greeting = ({ server, config, names, isTerminal }: GreetingOptions): string => {
  const here = `http://localhost:${server.httpPort}`
  const elsewhere = config.url === undefined ? originsOnLan(server, config, names) : [config.url]
  return [
    '',
    '  Hearth is lit.',
    '',
    ...rows('On this machine', [here]),
    ...rows('Everybody else', elsewhere),
    ...relayRows(server),
    ...trustRows(server, config, names),
    ...proxyRows(server, config),
    '',
    ...linkRows(server.ownerLink(elsewhere[0] ?? here), isTerminal),
    '',
    '  Ctrl+C puts it out.',
    '',
    '',
  ].join('\n')
}

const linkRows = (link: string | undefined, isTerminal: boolean): string[] =>
  link === undefined
    ? [
        '  To invite somebody, open Hearth and choose Invite, or on this machine:',
        '  npm run admin -- invite',
      ]
    : [
        '  Your family begins with this link. Whoever opens it first becomes its owner, so keep it to yourself:',
        '',
        `  ${link}`,
        '',
        qrCode(link, isTerminal),
      ]

const rows = (label: string, values: readonly string[]): string[] =>
  values.map((value, index) => `  ${(index === 0 ? label : '').padEnd(18)}${value}`)

const relayRows = (server: RunningServer): string[] => {
  const relay = server.relayAddress()
  return relay === undefined ? [] : rows('Relay', [`port ${relay.port}, UDP and TCP`])
}

const maxShown = 4

/** IPv4, which people can read out to one another, and the name; IPv6 only where there is nothing else. */
const hostsOnLan = ({ host }: ServerConfig, { dns, addresses }: MachineNames): string[] => {
  if (host !== undefined) return [inUrl(host)]
  const lan = addresses.filter((address) => address !== '127.0.0.1' && address !== '::1')
  const short = lan.filter((address) => !address.includes(':'))
  return [...(short.length > 0 ? short : lan.map(inUrl)), ...dns.filter((name) => name.endsWith('.local'))]
}

/** Where others in this network find a server with these ports. */
export const originsOnLan = (
  server: Pick<RunningServer, 'httpPort' | 'httpsPort'>,
  config: ServerConfig,
  names: MachineNames,
): string[] =>
  hostsOnLan(config, names)
    .slice(0, maxShown)
    .map((host) =>
      server.httpsPort === undefined
        ? `http://${host}:${server.httpPort}`
        : `https://${host}:${server.httpsPort}`,
    )

const trustRows = (server: RunningServer, config: ServerConfig, names: MachineNames): string[] => {
  const [host] = hostsOnLan(config, names)
  if (server.authorityFingerprint === undefined || host === undefined) return []
  const [first, second] = halves(server.authorityFingerprint)
  return [
    '',
    '  A new device needs the certificate of this Hearth once. It gets it at',
    ...rows('', [`http://${host}:${server.httpPort}/trust`]),
    '  and should see there the same fingerprint as here:',
    ...rows('', [first, second]),
  ]
}

const halves = (fingerprint: string): [string, string] => [fingerprint.slice(0, 47), fingerprint.slice(48)]

const proxyRows = (server: RunningServer, config: ServerConfig): string[] =>
  server.httpsPort !== undefined || config.url !== undefined || config.trustProxy === true
    ? []
    : [
        '',
        '  HTTPS is off: set HEARTH_URL to the address people open, or nobody but this machine can come in.',
      ]

/** White on black by name, so that a phone can read it on light terminals as well as on dark ones. */
export const qrCode = (text: string, isTerminal: boolean): string =>
  renderUnicodeCompact(text, { border: 2 })
    .split('\n')
    .map((line) => (isTerminal ? `  \u001b[97;40m${line}\u001b[0m` : `  ${line}`))
    .join('\n')
