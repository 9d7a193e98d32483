import { expect, test } from 'vitest'
import type { DeviceId } from '../../shared/identifiers.ts'
import type { Link, LinkCloseReason } from '../core/ports.ts'
import { createFamilyGate, type FamilyGateOptions } from './family-gate.ts'
import { encodeUpdate } from './family-message.ts'

const device = 'A'.repeat(43) as DeviceId
/** Asks who is here. */
const question = Uint8Array.of(3)
const update = new Uint8Array(encodeUpdate(new Uint8Array(20)))

/** A gate whose core is slow to judge, and a link whose other side sends what the test says. */
const createFlooded = (options: Partial<FamilyGateOptions> = {}) => {
  const closed: LinkCloseReason[] = []
  const refusals: string[] = []
  let passed = 0
  let hear: (message: Uint8Array<ArrayBuffer>) => void = () => undefined
  let goOn: () => void = () => undefined
  const slow = new Promise<'admitted'>((resolve) => (goOn = () => resolve('admitted')))
  const link = {
    device,
    get isOpen() {
      return closed.length === 0
    },
    listen: (_channel: unknown, listener: typeof hear) => (hear = listener),
    close: (reason: LinkCloseReason) => void closed.push(reason),
  }
  const gate = createFamilyGate({
    admit: () => slow,
    onBug: (error) => {
      throw error
    },
    onRefusal: ({ why }) => void refusals.push(why),
    ...options,
  })
  gate.attach({
    link: link as unknown as Link,
    sender: { device, feed: 1 },
    pass: () => void (passed += 1),
    ask: () => undefined,
  })
  return {
    closed,
    refusals,
    passed: () => passed,
    goOn: () => goOn(),
    send: (bytes: Uint8Array<ArrayBuffer>) => hear(bytes),
  }
}

test('P3: a flood of messages of a byte each, behind one that takes long, has its end', () => {
  const { closed, refusals, send } = createFlooded()
  send(update)
  for (let index = 0; index < 1_000_000 && closed.length === 0; index++) send(question)
  expect(closed).toEqual([{ type: 'refused', why: 'too fast' }])
  for (let index = 0; index < 100; index++) send(question)
  expect(refusals).toEqual(['tooFast'])
})

test('P3: what waited behind one that takes long is not worked off in one go', async () => {
  const count = 1_000
  let now = 0
  const clock = { now: () => now++, setTimer: (run: () => void) => setTimeout(run, 0) }
  const { goOn, passed, send } = createFlooded({ clock })
  send(update)
  for (let index = 0; index < count; index++) send(question)
  goOn()
  let inOneGo = 0
  while (passed() < count) {
    const before = passed()
    await new Promise((resolve) => setTimeout(resolve, 0))
    inOneGo = Math.max(inOneGo, passed() - before)
  }
  expect(inOneGo).toBeLessThan(50)
})
