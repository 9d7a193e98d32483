import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DoctorFacts } from '../../core/doctor.ts'
import { wellFacts as well } from '../../core/testing/fake-doctor.ts'
import { nameBrowser, writeReport } from './report.ts'
import { checkNames, describeWay, judge, sumUp } from './verdicts.ts'

test('ux 44: where all is well every check says so, and nothing is to be done', () => {
  for (const name of checkNames) expect(judge(name, well)).toMatchObject({ tone: 'well', advice: '' })
  expect(sumUp(well)).toBe('Everything works as it should.')
})

test.each([
  ['page', { page: { isSecure: false, hasNetwork: true } }, 'trouble', '/trust'],
  ['page', { page: { isSecure: true, hasNetwork: false } }, 'trouble', 'flight mode'],
  ['storage', { storage: { isPersistent: false } }, 'note', 'second device'],
  ['server', { server: 'away' }, 'trouble', 'whoever runs it'],
  ['socket', { socket: { status: 'refused', sinceMs: undefined, nowMs: 0 } }, 'trouble', 'sign in'],
  ['socket', { socket: { status: 'unreachable', sinceMs: undefined, nowMs: 0 } }, 'trouble', 'WebSocket'],
  ['socket', { socket: { status: 'connecting', sinceMs: undefined, nowMs: 0 } }, 'note', 'Wait'],
  ['stun', { stun: 'silent', devices: [] }, 'note', 'relay'],
  ['stun', { stun: 'none' }, 'note', 'nothing need be done'],
  ['relay', { relay: { fact: 'none', isAddressHidden: false } }, 'note', 'can add one'],
  ['relay', { relay: { fact: 'silent', isAddressHidden: false } }, 'note', 'mobile data'],
  ['relay', { relay: { fact: 'silent', isAddressHidden: true } }, 'trouble', 'show your address'],
  ['clock', { clock: { aheadMs: -90_000 } }, 'trouble', 'automatic'],
  ['devices', { devices: [] }, 'note', 'have Hearth open'],
] as const)('ux 44: %s %j', (name, found, tone, words) => {
  const verdict = judge(name, { ...well, ...(found as Partial<DoctorFacts>) })
  expect(verdict?.tone).toBe(tone)
  expect(verdict?.advice).toContain(words)
})

test('ux 44: what has not been looked at yet is not judged, and the whole waits for it', () => {
  for (const name of checkNames) expect(judge(name, {})).toBeUndefined()
  expect(sumUp({ page: well.page })).toBe('Looking…')
  expect(sumUp({ ...well, server: 'away', clock: 'unknown' })).toBe('One thing does not work.')
})

test('ux 22: a way is direct or relayed, with its delay as far as it is known', () => {
  expect(describeWay(well.devices[0]!)).toBe('Direct, 7 ms there and back')
  expect(describeWay({ way: { isRelayed: true, delayMs: undefined } })).toContain('Relayed')
  expect(describeWay({ way: undefined })).toBe('Connected')
})

test('ux 44: the report names nobody, no device and no address, whatever comes in', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.ipV4(), fc.ipV6(), (secret, four, six) => {
      const report = writeReport({
        facts: {
          ...well,
          devices: [
            { person: secret, deviceName: `${four} ${secret}`, way: { isRelayed: true, delayMs: 3 } },
          ],
        },
        events: [secret, four, six, `linkOpened ${secret}`, 'linkOpened'].map((code) => ({
          agoMs: 1_000,
          code,
        })),
        browser: nameBrowser(`Mozilla/5.0 (${secret}; ${four}) Firefox/140.0`),
      })
      for (const hidden of [secret, four, six])
        expect(report).not.toContain(hidden === '::' ? ' :: ' : hidden)
      expect(report).toContain('linkOpened')
      expect(report).toContain('device 1: Relayed')
    }),
  )
})

test('a browser is told by kind and great version', () => {
  expect(
    nameBrowser('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.7390.37 Safari/537.36'),
  ).toBe('Chrome 141, Linux')
  expect(nameBrowser('')).toBe('unknown browser , unknown system')
})
