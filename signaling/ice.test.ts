import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { AccountId } from '../shared/identifiers.ts'
import { createIceAnswer, type IceAsker, type IceSettings } from './ice.ts'

const now = 1_700_000_000_000
const ada: IceAsker = {
  account: 'ada' as AccountId,
  where: { host: 'chat.example.org:8443', isLoopback: false },
}
const relay = { port: 3478, secret: 'sesame', address: (): string | undefined => '192.168.1.9' }
const own: IceSettings = { urls: [], relay }
const at = (host: string, isLoopback = false): IceAsker => ({ ...ada, where: { host, isLoopback } })
const userOf = (settings: IceSettings, asker: IceAsker, time = now): string =>
  createIceAnswer(settings, asker, time).iceServers.at(-1)?.username?.split(':')[1] ?? ''

describe('the family’s own relay', () => {
  test('S8: it is where the page is, by UDP and by TCP', () => {
    const answer = createIceAnswer(own, ada, now)
    expect(answer.validForMs).toBe(3_600_000)
    expect(answer.iceServers).toMatchObject([
      { urls: ['stun:chat.example.org:3478'] },
      {
        urls: ['turn:chat.example.org:3478?transport=udp', 'turn:chat.example.org:3478?transport=tcp'],
        username: expect.stringMatching(/^1700003600:[\w-]{12}$/) as string,
      },
    ])
    const turn = answer.iceServers[1]
    const expected = createHmac('sha1', 'sesame')
      .update(turn?.username ?? '')
      .digest('base64')
    expect(turn?.credential).toBe(expected)
  })

  test.each([
    ['192.168.1.9:8443', false, '192.168.1.9'],
    ['[2a00::9]:8443', false, '[2a00::9]'],
    ['chat.example.org', false, 'chat.example.org'],
    ['localhost:8080', true, '192.168.1.9'],
    ['[::1]:8080', true, '192.168.1.9'],
    ['box.local:8443', false, '192.168.1.9'],
  ])('S8: of a page at %s (loopback %s) it is at %s', (host, isLoopback, expected) => {
    expect(createIceAnswer(own, at(host, isLoopback), now).iceServers[0]?.urls).toEqual([
      `stun:${expected}:3478`,
    ])
  })

  test('S8: to the relay an account has one name, however often it asks, which does not tell who it is', () => {
    expect(userOf(own, ada)).toBe(userOf(own, ada, now + 1000))
    expect(userOf(own, ada)).not.toBe(userOf(own, { ...ada, account: 'bob' as AccountId }))
    expect(userOf({ ...own, relay: { ...relay, secret: 'other' } }, ada)).not.toBe(userOf(own, ada))
  })

  test('S8: while it does not answer it is not offered', () => {
    expect(createIceAnswer({ urls: [], relay: { ...relay, address: () => undefined } }, ada, now)).toEqual({
      iceServers: [],
    })
  })
})

describe('a configured one', () => {
  const configured: IceSettings = { urls: ['stun:a:1', 'turn:a:1'], turnSecret: 'shared', lifetimeMs: 60_000 }

  test('S8: it is offered as it is, and learns of nobody', () => {
    const answer = createIceAnswer(configured, ada, now)
    expect(answer).toMatchObject({
      iceServers: [{ urls: ['stun:a:1'] }, { urls: ['turn:a:1'] }],
      validForMs: 60_000,
    })
    expect(answer.iceServers[1]?.username).toMatch(/^1700000060:/)
    expect(userOf(configured, ada)).not.toBe(userOf(configured, ada))
  })

  test('S8: STUN alone needs no credentials, and nothing at all is an answer too', () => {
    expect(createIceAnswer({ urls: ['stun:a:1'] }, ada, now)).toEqual({
      iceServers: [{ urls: ['stun:a:1'] }],
    })
    expect(createIceAnswer({ urls: [] }, ada, now)).toEqual({ iceServers: [] })
  })
})
