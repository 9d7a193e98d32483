import { isIPv4 } from 'node:net'

export const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6')

/** An IP address as its 4 or 16 bytes. */
export const addressBytes = (address: string): Buffer => {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  // URL writes an IPv6 address in its shortest form, without an IPv4 tail.
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [head = '', tail = ''] = short.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const zeros = Array<string>(8 - left.length - right.length).fill('0')
  const groups = [...left, ...zeros, ...right]
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex')
}

export const maskBytes = (bits: number, length: number): Buffer =>
  Buffer.from(
    Array.from({ length }, (_, index) => 0xff & ~(0xff >> Math.min(8, Math.max(0, bits - index * 8)))),
  )

/** Reads an address and its mask, one after the other, as name constraints hold them. */
export const readSubnet = (bytes: Buffer): [address: string, bits: number, family: 'ipv4' | 'ipv6'] => {
  const half = bytes.length / 2
  const address = bytes.subarray(0, half)
  const bits = [...bytes.subarray(half)].reduce(
    (sum, byte) => sum + byte.toString(2).replaceAll('0', '').length,
    0,
  )
  if (half === 4) return [address.join('.'), bits, 'ipv4']
  return [address.toString('hex').replace(/.{4}(?!$)/g, '$&:'), bits, 'ipv6']
}
