import type { NetworkInterfaceInfo } from 'node:os'
import { addressBytes, maskBytes } from '../certificates/address-bytes.ts'

/** `first-last`, as coturn takes a range. */
export type AddressRange = string

/**
 * What no relay of ours sends to: this machine itself, private networks, what providers and clouds keep to themselves, what
 * stands for another address, and what is for many. IANA's special-purpose registries name them all.
 */
export const neverRelayedTo: readonly AddressRange[] = [
  '0.0.0.0-0.255.255.255',
  '10.0.0.0-10.255.255.255',
  '100.64.0.0-100.127.255.255',
  '127.0.0.0-127.255.255.255',
  '169.254.0.0-169.254.255.255',
  '172.16.0.0-172.31.255.255',
  '192.0.0.0-192.0.0.255',
  '192.0.2.0-192.0.2.255',
  '192.88.99.0-192.88.99.255',
  '192.168.0.0-192.168.255.255',
  '198.18.0.0-198.19.255.255',
  '198.51.100.0-198.51.100.255',
  '203.0.113.0-203.0.113.255',
  '224.0.0.0-255.255.255.255',
  '::-::ffff:ffff:ffff',
  '64:ff9b::-64:ff9b::ffff:ffff',
  '64:ff9b:1::-64:ff9b:1:ffff:ffff:ffff:ffff:ffff',
  '100::-100::ffff:ffff:ffff:ffff',
  '2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff',
  '2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
  '2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'fc00::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
]

export type Interfaces = Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>

/** The networks this machine is in, whatever their addresses: behind a router's wall, IPv6 has no private ones. */
export const ownNetworks = (interfaces: Interfaces): AddressRange[] => {
  const ranges = Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .flatMap(({ address, cidr }) => (cidr === null ? [] : [rangeOf(address, Number(cidr.split('/')[1]))]))
  return [...new Set(ranges)].sort()
}

const rangeOf = (address: string, bits: number): AddressRange => {
  const bytes = addressBytes(address.split('%')[0] ?? address)
  const mask = maskBytes(bits, bytes.length)
  const first = bytes.map((byte, at) => byte & (mask[at] ?? 0))
  const last = bytes.map((byte, at) => byte | (0xff & ~(mask[at] ?? 0)))
  return `${written(first)}-${written(last)}`
}

const written = (bytes: Uint8Array): string =>
  bytes.length === 4
    ? bytes.join('.')
    : Buffer.from(bytes)
        .toString('hex')
        .replace(/.{4}(?!$)/g, '$&:')
