import { expect, test } from 'vitest'
import type { DeviceId } from '../../shared/identifiers.ts'
import type { LinkCloseReason } from '../core/ports.ts'
import { readLinkRefusal } from './link-refusals.ts'

const device = 'B'.repeat(43) as DeviceId
const whyAtTheDoor = (why: string) =>
  readLinkRefusal({ type: 'handshakeFailed', device, reason: { type: 'handshakeFailed', why } })?.why
const whyClosed = (reason: LinkCloseReason) => readLinkRefusal({ type: 'closed', device, reason })?.why

test('L2, L3: who was not let in is named with the reason', () => {
  const reason = { type: 'handshakeFailed', why: 'revoked' } as const
  expect(readLinkRefusal({ type: 'handshakeFailed', device, reason })).toEqual({
    device,
    about: { type: 'door' },
    why: 'revoked',
  })
  expect(whyAtTheDoor('notOfThisFamily')).toBe('notOfThisFamily')
  expect(whyAtTheDoor('wrongProof')).toBe('notItself')
  expect(whyAtTheDoor('wrongVersion: theirs is 3')).toBe('otherVersion')
})

test('a connection that only did not come about was not refused', () => {
  for (const why of ['timedOut', 'wireClosed', 'failed', 'badFingerprint'])
    expect(whyAtTheDoor(why)).toBeUndefined()
  expect(readLinkRefusal({ type: 'opened', device, tookMs: 3 })).toBeUndefined()
})

test('what the other refused is for its own list', () => {
  const reason = { type: 'refused', why: 'notOfThisFamily' } as const
  expect(readLinkRefusal({ type: 'handshakeFailed', device, reason })).toBeUndefined()
  expect(whyClosed({ type: 'closedThere' })).toBeUndefined()
})

test('L7: a Link that we closed over what came is named, one that ended otherwise is not', () => {
  expect(whyClosed({ type: 'badFrame', why: 'tooLarge' })).toBe('badFrame')
  expect(whyClosed({ type: 'refused', why: 'badSignature' })).toBe('shownOut')
  expect(whyClosed({ type: 'dead' })).toBeUndefined()
  expect(whyClosed({ type: 'closedHere', why: 'leaving' })).toBeUndefined()
})
