import { BlockList } from 'node:net'
import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, test } from 'vitest'
import { familyOf } from '../certificates/address-bytes.ts'
import { neverRelayedTo, ownNetworks } from './networks.ts'

const denied = new BlockList()
for (const range of neverRelayedTo) {
  const [first = '', last = ''] = range.split('-')
  denied.addRange(first, last, familyOf(first))
}

const interfaceOf = (cidr: string, internal = false): NetworkInterfaceInfo => {
  const address = cidr.split('/')[0] ?? ''
  const common = { address, cidr, internal, mac: '00:00:00:00:00:00', netmask: '' }
  return address.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' }
}

describe('where a relay never sends to', () => {
  test.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.178.1', '169.254.169.254'],
    ...['100.64.0.1', '0.0.0.0', '224.0.0.251', '255.255.255.255', '198.18.0.1', '192.0.2.1'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:192.168.1.1', '::7f00:1', 'fe80::1', 'fd12:3456::1'],
    ...['ff02::fb', '64:ff9b::7f00:1', '2002:7f00:1::1', '2001:0:1::1', 'fec0::1'],
  ])('S8: %s', (address) => {
    expect(denied.check(address, familyOf(address))).toBe(true)
  })

  test.each([
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.0.1',
    '100.128.0.1',
    '2606:4700::1',
    '2a00::1',
  ])('S8: %s is fine', (address) => {
    expect(denied.check(address, familyOf(address))).toBe(false)
  })
})

test('S8: the networks a machine is in, of both families', () => {
  const interfaces = {
    lo: [interfaceOf('127.0.0.1/8', true)],
    eth0: [interfaceOf('203.0.114.77/26'), interfaceOf('2a00:1:2:3:aaaa:bbbb:cccc:dddd/64')],
    wlan0: [interfaceOf('203.0.114.78/26'), interfaceOf('fe80::1/64')],
  }
  expect(ownNetworks(interfaces)).toEqual([
    '127.0.0.0-127.255.255.255',
    '203.0.114.64-203.0.114.127',
    '2a00:0001:0002:0003:0000:0000:0000:0000-2a00:0001:0002:0003:ffff:ffff:ffff:ffff',
    'fe80:0000:0000:0000:0000:0000:0000:0000-fe80:0000:0000:0000:ffff:ffff:ffff:ffff',
  ])
})
