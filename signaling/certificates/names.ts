import { isIP } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'

/** What this machine is called: what its certificate is for, and where the family finds it. */
export interface MachineNames {
  dns: string[]
  /** Loopback first, then what the network gave. */
  addresses: string[]
}

export interface Machine {
  hostname: string
  interfaces: Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>
}

/** More than this is a machine full of containers, not a family's box. */
const maxAddresses = 64

export const namesOf = ({ hostname, interfaces }: Machine): MachineNames => {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  const isName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host) && isIP(host) === 0
  const short = host.split('.')[0] ?? host
  const dns = ['localhost', ...(isName ? [host, short, `${short}.local`] : [])]
  return {
    dns: [...new Set(dns)],
    addresses: [...new Set(['127.0.0.1', '::1', ...lanAddresses(interfaces)])],
  }
}

/** Addresses others can reach: not loopback, and not link-local IPv6, which browsers cannot open. */
export const lanAddresses = (interfaces: Machine['interfaces']): string[] =>
  Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address }) => address)
    .slice(0, maxAddresses)

/** An address as it stands in a URL. */
export const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address)
