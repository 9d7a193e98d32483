import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { relayConfig } from './relay-config.ts'
import { isOutdated, planRelay, type RelayPlan } from './relay-plan.ts'

const interfaceOf = (cidr: string, internal = false): NetworkInterfaceInfo => {
  const address = cidr.split('/')[0] ?? ''
  const common = { address, cidr, internal, mac: '00:00:00:00:00:00', netmask: '' }
  return address.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' }
}
const loopback = [interfaceOf('127.0.0.1/8', true)]
const home = {
  lo: loopback,
  docker0: [interfaceOf('172.17.0.1/16')],
  eth0: [interfaceOf('192.168.1.9/24'), interfaceOf('2a00:1:2:3::9/64')],
}
const planned = (...given: Parameters<typeof planRelay>): RelayPlan => {
  const plan = planRelay(...given)
  if (plan === undefined) throw new Error('no plan')
  return plan
}

test('S8: it relays from the address that leads to the internet, and listens on all', () => {
  expect(planned(home, '192.168.1.9', undefined)).toEqual({
    address: '192.168.1.9',
    listenOn: ['127.0.0.1', '172.17.0.1', '192.168.1.9', '2a00:1:2:3::9'],
    ownNetworks: [
      '127.0.0.0-127.255.255.255',
      '172.17.0.0-172.17.255.255',
      '192.168.1.0-192.168.1.255',
      '2a00:0001:0002:0003:0000:0000:0000:0000-2a00:0001:0002:0003:ffff:ffff:ffff:ffff',
    ],
  })
})

test('S8: without the internet it relays from an address of the LAN; without a network there is none', () => {
  expect(planned({ eth0: home.eth0 }, undefined, undefined).address).toBe('192.168.1.9')
  expect(planned({ eth0: [interfaceOf('fd00::9/64')] }, undefined, undefined).address).toBe('fd00::9')
  expect(planRelay({ lo: loopback }, undefined, undefined)).toBeUndefined()
  expect(planned(home, '10.9.9.9', undefined).address).toBe('172.17.0.1') // a way that is gone meanwhile
})

test('S8: one address to listen on is the only one; loopback, as behind a proxy, is none to keep to', () => {
  expect(planned(home, '192.168.1.9', '172.17.0.1')).toMatchObject({
    address: '172.17.0.1',
    listenOn: ['172.17.0.1'],
  })
  expect(planned(home, '192.168.1.9', '127.0.0.1').listenOn).toHaveLength(4)
})

test('S8: another network is a reason to start anew, another address of the day is none', () => {
  const plan = planned(home, '192.168.1.9', undefined)
  const withDaily = { ...home, eth0: [...home.eth0, interfaceOf('2a00:1:2:3:aaaa::1/64')] }
  expect(isOutdated(plan, planned(withDaily, '192.168.1.9', undefined))).toBe(false)
  const moved = { ...home, eth0: [interfaceOf('192.168.1.10/24')] }
  expect(isOutdated(plan, planned(moved, '192.168.1.10', undefined))).toBe(true)
  expect(isOutdated(plan, planned(home, '172.17.0.1', undefined))).toBe(true)
})

test('S8: coturn’s settings', () => {
  const plan = planned({ lo: loopback, eth0: home.eth0 }, '192.168.1.9', undefined)
  const text = relayConfig(
    { port: 3478, relayPorts: [50_000, 50_999], secret: 'a-secret', pidFile: '/data/turnserver.pid' },
    plan,
  )
  const lines = text.split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      ...['listening-port=3478', 'relay-ip=192.168.1.9', 'min-port=50000', 'max-port=50999'],
      ...['use-auth-secret', 'static-auth-secret=a-secret', 'realm=hearth'],
      ...['user-quota=400', 'total-quota=4000', 'max-bps=4000000'],
      ...['no-cli', 'no-tls', 'no-dtls', 'no-tcp-relay', 'no-multicast-peers'],
      ...['denied-peer-ip=10.0.0.0-10.255.255.255', 'denied-peer-ip=127.0.0.0-127.255.255.255'],
      'denied-peer-ip=192.168.1.0-192.168.1.255',
    ]),
  )
  expect(lines.filter((line) => line.startsWith('allowed-peer-ip'))).toEqual(['allowed-peer-ip=192.168.1.9'])
  expect(text).not.toContain('allow-loopback')
  expect(text).not.toMatch(/^(?:no-auth|lt-cred-mech|daemon)/m)
})
