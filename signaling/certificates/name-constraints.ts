import { BlockList, isIPv4 } from 'node:net'
import { Extension, type X509Certificate } from '@peculiar/x509'
import { addressBytes, familyOf, maskBytes, readSubnet } from './address-bytes.ts'
import { readDer, writeDer } from './der.ts'
import type { MachineNames } from './names.ts'

/**
 * Name constraints (RFC 5280, 4.2.1.10): people trust this authority on their phones, so it must be good for nothing but
 * this house. Whoever steals its key can then pose as the family's box, but not as a bank.
 */
const oid = '2.5.29.30'
const sequence = 0x30
const permittedSubtrees = 0xa0
const dnsName = 0x82
const ipAddress = 0x87

const localDomains = ['localhost', 'local', 'lan', 'home', 'internal', 'home.arpa', 'fritz.box']
const localNetworks: readonly (readonly [address: string, bits: number])[] = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
]

/** What the authority may vouch for: the networks of a house, and what the machine was called at the first start. */
export const nameConstraints = ({ dns, addresses }: MachineNames): Extension => {
  const local = new BlockList()
  for (const [address, bits] of localNetworks) local.addSubnet(address, bits, familyOf(address))
  const others = addresses.filter((address) => !local.check(address, familyOf(address)))
  const domains = [...new Set([...localDomains, ...dns])]
  const networks = [
    ...localNetworks,
    ...others.map((address) => [address, isIPv4(address) ? 32 : 128] as const),
  ]
  const subtrees = [
    ...domains.map((domain) => writeDer(dnsName, Buffer.from(domain, 'ascii'))),
    ...networks.map(([address, bits]) => {
      const bytes = addressBytes(address)
      return writeDer(ipAddress, Buffer.concat([bytes, maskBytes(bits, bytes.length)]))
    }),
  ].map((name) => writeDer(sequence, name))
  return new Extension(oid, true, writeDer(sequence, writeDer(permittedSubtrees, Buffer.concat(subtrees))))
}

/**
 * Those of the names the authority may vouch for. One name outside its constraints would make a certificate void for all of
 * them: a new public IPv6 address, say, which many homes get every day.
 */
export const withinConstraints = (authority: X509Certificate, names: MachineNames): MachineNames => {
  const constraints = authority.getExtension(oid)
  if (!constraints) return names
  const domains: string[] = []
  const networks = new BlockList()
  for (const { tag, content } of permittedNames(Buffer.from(constraints.value))) {
    if (tag === dnsName) domains.push(content.toString('ascii'))
    if (tag === ipAddress) networks.addSubnet(...readSubnet(content))
  }
  return {
    dns: names.dns.filter((name) => domains.some((domain) => name === domain || name.endsWith(`.${domain}`))),
    addresses: names.addresses.filter((address) => networks.check(address, familyOf(address))),
  }
}

/** NameConstraints → permittedSubtrees → GeneralSubtree → GeneralName. */
const permittedNames = (value: Buffer): ReturnType<typeof readDer> =>
  readDer(value)
    .flatMap(({ content }) => readDer(content))
    .flatMap(({ content }) => readDer(content))
    .flatMap(({ content }) => readDer(content))
