import { expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { logLimits } from '../../../shared/limits.ts'
import type { Link, LinkCloseReason, LogId } from '../ports.ts'
import type { Refusal } from '../refusals.ts'
import { createInbox } from './inbox.ts'
import { encodeSyncMessage } from './messages.ts'
import { openSession, type SessionOptions } from './sync-session.ts'

/** A link whose other side sends what the test says, and a session that is slow to answer. */
const createFlooded = () => {
  const refusals: Refusal[] = []
  const closed: LinkCloseReason[] = []
  let hear: (message: Uint8Array<ArrayBuffer>) => void = () => undefined
  const link: Link = {
    device: 'A'.repeat(43) as DeviceId,
    get isOpen() {
      return closed.length === 0
    },
    send: () => undefined,
    listen: (_channel, listener) => {
      hear = listener
    },
    onClose: () => undefined,
    close: (reason) => void closed.push(reason),
  }
  const never = new Promise<never>(() => undefined)
  openSession(link, createInbox(), {
    digests: { root: () => never },
    clock: { now: () => 0 },
    onRefusal: (refusal: Refusal) => refusals.push(refusal),
  } as unknown as SessionOptions)
  return { refusals, closed, send: (bytes: number) => hear(new Uint8Array(bytes)) }
}

test('P3: whoever sends more than can be judged loses the link, and nothing more of theirs is kept', () => {
  const { refusals, closed, send } = createFlooded()
  const mebibyte = 1024 * 1024
  let sent = 0
  while (closed.length === 0 && sent < 1_000) {
    send(mebibyte)
    sent += 1
  }
  expect(sent * mebibyte).toBeLessThanOrEqual(logLimits.maxWaitingBytes + mebibyte)
  expect(closed).toEqual([{ type: 'refused', why: 'tooFast' }])
  for (let i = 0; i < 100; i++) send(mebibyte)
  expect(refusals).toHaveLength(1)
  expect(refusals[0]).toMatchObject({ why: 'tooFast' })
})

test('P3: a flood of empty messages has its end too', () => {
  const { closed, send } = createFlooded()
  for (let i = 0; i < 1_000_000 && closed.length === 0; i++) send(0)
  expect(closed).toHaveLength(1)
})

test('P3: what waited behind something slow is not worked off in one go', async () => {
  const count = 1_000
  let now = 0
  let handled = 0
  let goOn: () => void = () => undefined
  const slow = new Promise<Uint8Array>((resolve) => (goOn = () => resolve(new Uint8Array(16))))
  let hear: (message: Uint8Array<ArrayBuffer>) => void = () => undefined
  const link = {
    device: 'A'.repeat(43) as DeviceId,
    isOpen: true,
    send: () => undefined,
    listen: (_channel: unknown, listener: typeof hear) => (hear = listener),
  }
  openSession(link as unknown as Link, createInbox(), {
    digests: { root: () => slow },
    clock: { now: () => now, setTimer: (run: () => void) => setTimeout(run, 0) },
    plan: {
      isAsked: () => false,
      wanted: () => [],
      answered() {
        handled += 1
        now += 1
      },
    },
    carrying: { tellOfAnswers: () => undefined },
    isOver: () => false,
  } as unknown as SessionOptions)
  const log = 'A'.repeat(22) as LogId
  for (let index = 0; index < count; index++)
    hear(encodeSyncMessage({ type: 'served', log, page: 0, more: false }))
  goOn()
  let inOneGo = 0
  while (handled < count) {
    const before = handled
    await new Promise((resolve) => setTimeout(resolve, 0))
    inOneGo = Math.max(inOneGo, handled - before)
  }
  expect(inOneGo).toBeLessThan(50)
})
