import type { CertificateFiles } from './certificates/own-certificate.ts'
import type { LogLines } from './log.ts'
import type { ServerLimits } from './server-limits.ts'

export interface ServerConfig {
  dataFolder: string
  /** The built client; `dist/client` of this repository where it is left out. */
  clientFolder?: string | undefined
  /** All addresses where it is left out. */
  host?: string | undefined
  /** 0 lets the system choose, as tests do. */
  httpPort: number
  /** `off`: plain HTTP for all, behind a proxy that makes it HTTPS. */
  httpsPort: number | 'off'
  certificate?: CertificateFiles | undefined
  trustProxy?: boolean | undefined
  /** The address people open, where it is not one of this machine's own. An origin: no path, no slash at the end. */
  url?: string | undefined
  iceUrls?: readonly string[] | undefined
  turnSecret?: string | undefined
  /** `auto`: a relay of our own, where no `iceUrls` are given and coturn is installed. Left out, there is none. */
  turn?: 'auto' | 'off' | undefined
  turnPort?: number | undefined
  /** First and last. */
  turnRelayPorts?: readonly [number, number] | undefined
  /** How long credentials for a relay are good for (S8). */
  turnLifetimeMs?: number | undefined
  log?: 'quiet' | 'info' | 'debug' | undefined
  /** Where log lines go, instead of stderr. */
  logTo?: LogLines | undefined
  /** For tests and benches only: turns some of shared/limits.ts. */
  limits?: Partial<ServerLimits> | undefined
}
