import * as v from 'valibot'

/** One thing that can be set: by flag, by environment variable, and in what words it is explained. */
export interface Setting {
  variable: string
  /** Absent for secrets, which anybody on the machine could read from a command line. */
  flag: string | undefined
  /** A flag that takes no value. */
  isSwitch?: boolean
  isSecret?: boolean
  schema: v.GenericSchema<unknown, string | number | boolean | string[] | number[]>
  /** Completes "NAME must be …". */
  must: string
  /** For --help. */
  help: string
}

const text = v.pipe(v.string(), v.trim(), v.nonEmpty())

const port = v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(65_535))

const yesOrNo = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.picklist(['yes', 'no', 'true', 'false', '1', '0', 'on', 'off']),
  v.transform((word) => ['yes', 'true', '1', 'on'].includes(word)),
)

const publicUrl = v.pipe(
  v.string(),
  v.check((value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined
    return url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href
  }),
  v.transform((value) => new URL(value).origin),
)

const iceUrls = v.pipe(
  v.string(),
  v.transform((list) => list.split(',').map((url) => url.trim())),
  v.array(v.pipe(v.string(), v.regex(/^(?:stun|turns?):[^\s/?]+(?:\?transport=(?:udp|tcp))?$/))),
)

/** Below it lie the ports of other services. */
const firstRelayPort = 1_024

const relayPorts = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}-\d{1,5}$/),
  v.transform((range) => range.split('-').map(Number)),
  v.check(([first = 0, last = 0]) => first >= firstRelayPort && first < last && last <= 65_535),
)

const minute = 60
const day = 24 * 60 * minute

const lifetime = v.pipe(
  v.string(),
  v.regex(/^\d{1,6}$/),
  v.transform(Number),
  v.minValue(minute),
  v.maxValue(day),
  v.transform((seconds) => seconds * 1000),
)

export type SettingName =
  | 'dataFolder'
  | 'host'
  | 'httpPort'
  | 'httpsPort'
  | 'certFile'
  | 'keyFile'
  | 'trustProxy'
  | 'url'
  | 'iceUrls'
  | 'turnSecret'
  | 'turn'
  | 'turnPort'
  | 'turnRelayPorts'
  | 'turnLifetimeMs'
  | 'log'

export const settings: Readonly<Record<SettingName, Setting>> = {
  dataFolder: {
    variable: 'HEARTH_DATA',
    flag: 'data',
    schema: text,
    must: 'a folder',
    help: 'where the server keeps accounts and certificates (./data)',
  },
  host: {
    variable: 'HEARTH_HOST',
    flag: 'host',
    schema: text,
    must: 'an address of this machine',
    help: 'listen on this address only (all of them)',
  },
  httpPort: {
    variable: 'HEARTH_HTTP_PORT',
    flag: 'http-port',
    schema: port,
    must: 'a port from 0 to 65535',
    help: 'plain HTTP, for this machine and for /trust (8080)',
  },
  httpsPort: {
    variable: 'HEARTH_HTTPS_PORT',
    flag: 'https-port',
    schema: v.union([v.literal('off'), port]),
    must: 'a port from 0 to 65535, or "off"',
    help: 'HTTPS, for everybody; "off" behind a proxy that does it (8443)',
  },
  certFile: {
    variable: 'HEARTH_CERT',
    flag: 'cert',
    schema: text,
    must: 'a file',
    help: 'a certificate of your own in PEM form, instead of one made here',
  },
  keyFile: {
    variable: 'HEARTH_KEY',
    flag: 'key',
    schema: text,
    must: 'a file',
    help: 'its private key in PEM form',
  },
  trustProxy: {
    variable: 'HEARTH_TRUST_PROXY',
    flag: 'trust-proxy',
    isSwitch: true,
    schema: yesOrNo,
    must: '"yes" or "no"',
    help: 'believe X-Forwarded-For, -Host and -Proto: only behind a proxy that sets them',
  },
  url: {
    variable: 'HEARTH_URL',
    flag: 'url',
    schema: publicUrl,
    must: 'an address like https://chat.example.org, without a path',
    help: 'the address people open, for the printed link',
  },
  iceUrls: {
    variable: 'HEARTH_ICE_URLS',
    flag: 'ice-urls',
    schema: iceUrls,
    must: 'stun:, turn: or turns: addresses with commas between them',
    help: 'STUN and TURN servers, instead of a relay here: stun:host:3478,turn:host:3478',
  },
  turnSecret: {
    variable: 'HEARTH_TURN_SECRET',
    flag: undefined,
    isSecret: true,
    schema: text,
    must: 'the secret shared with the TURN server',
    help: 'the secret shared with the TURN server (coturn: static-auth-secret)',
  },
  turn: {
    variable: 'HEARTH_TURN',
    flag: 'turn',
    schema: v.picklist(['auto', 'off']),
    must: '"auto" or "off"',
    help: '"auto" runs a relay of its own where coturn is installed and --ice-urls is not set (auto)',
  },
  turnPort: {
    variable: 'HEARTH_TURN_PORT',
    flag: 'turn-port',
    schema: v.pipe(port, v.minValue(1)),
    must: 'a port from 1 to 65535',
    help: 'where that relay listens, by UDP and TCP (3478)',
  },
  turnRelayPorts: {
    variable: 'HEARTH_TURN_RELAY_PORTS',
    flag: 'turn-relay-ports',
    schema: relayPorts,
    must: 'a range of ports like 49152-65535, from 1024 up',
    help: 'the ports it relays from (49152-65535)',
  },
  turnLifetimeMs: {
    variable: 'HEARTH_TURN_LIFETIME',
    flag: 'turn-lifetime',
    schema: lifetime,
    must: 'a number of seconds from 60 to 86400',
    help: 'how many seconds a device may ask a relay for addresses, before it gets new credentials (3600)',
  },
  log: {
    variable: 'HEARTH_LOG',
    flag: undefined,
    schema: v.picklist(['quiet', 'info', 'debug']),
    must: '"quiet", "info" or "debug"',
    help: '"info" tells of sign-ins, "debug" of sockets too, and of nothing they carry (quiet)',
  },
}

export const helpText = (): string => {
  const rows = Object.values(settings).map(({ variable, flag, isSwitch, help }) => {
    const name = flag === undefined ? '' : `--${flag}${isSwitch ? '' : ' …'}`
    return `  ${name.padEnd(20)}  ${variable.padEnd(23)}  ${help}\n`
  })
  return `Hearth: a private chat for a family, served by a box you own.\n\n  npm start -- [flags]\n\n${rows.join('')}\nA flag goes before its environment variable.\n`
}
