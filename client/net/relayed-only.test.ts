import { expect, test } from 'vitest'
import type { ConnectionSignal } from './introduction-payload.ts'
import { relayedOnly } from './relayed-only.ts'

const host = 'candidate:1 1 udp 2113937151 192.168.1.3 50000 typ host generation 0'
const reflexive = 'candidate:2 1 udp 1677729535 203.0.113.9 50000 typ srflx raddr 0.0.0.0 rport 0'
const relay = 'candidate:3 1 udp 58597631 192.168.1.9 60148 typ relay raddr 0.0.0.0 rport 0'
const candidateOf = (candidate: string): ConnectionSignal => ({
  type: 'candidate',
  round: 1,
  candidate,
  sdpMid: '0',
  sdpMLineIndex: 0,
})

test('S8: whoever hides goes only to relays; the end of candidates is heard', () => {
  for (const candidate of [host, reflexive, `${host} x-typ relays`]) {
    expect(relayedOnly(candidateOf(candidate))).toBeUndefined()
  }
  for (const candidate of [relay, ''])
    expect(relayedOnly(candidateOf(candidate))).toEqual(candidateOf(candidate))
})

test('S8: of a description the other lines stay as they are', () => {
  const describe = (...candidates: string[]): ConnectionSignal => {
    const sdp = [
      'v=0',
      'a=ice-ufrag:abcd',
      ...candidates.map((line) => `a=${line}`),
      'a=end-of-candidates',
      '',
    ]
    return { type: 'answer', round: 2, sdp: sdp.join('\r\n') }
  }
  expect(relayedOnly(describe(host, relay, reflexive))).toEqual(describe(relay))
  expect(relayedOnly(describe())).toEqual(describe())
})
