import { expect, test } from 'vitest'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { callLimits } from '../../../shared/limits.ts'
import { linkChannels, type Link, type LinkChannel, type LogId } from '../ports.ts'
import type { CallSummary } from '../room/call-summary.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { createValue } from '../value.ts'
import { openCallSignals } from './call-signals.ts'
import { createCalls } from './create-calls.ts'
import { encodeCallMessage } from './messages.ts'
import type { SendingPlan } from './sending-plan.ts'
import { quiet } from './testing/call-network.ts'
import type { CallId, Sending } from './words.ts'

const room = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const idOf = (letter: string) => letter.repeat(42) + 'A'
const [phone, tablet] = [idOf('p'), idOf('t')] as DeviceId[] as [DeviceId, DeviceId]
const [anna, bob] = [idOf('a'), idOf('b')] as AccountId[] as [AccountId, AccountId]
const accounts = new Map([
  [phone, anna],
  [tablet, bob],
])

type Bytes = Uint8Array<ArrayBuffer>

const createEnd = (device: DeviceId) => {
  const listeners = new Map<LinkChannel, (message: Bytes) => void>()
  const kept: Bytes[] = []
  const link: Link & { deliver(message: Bytes): void; peer?: { deliver(message: Bytes): void } } = {
    device,
    isOpen: true,
    send: (_channel, message) => link.peer?.deliver(message),
    listen(channel, listener) {
      listeners.set(channel, listener)
      for (const message of kept.splice(0)) listener(message)
    },
    onClose: () => undefined,
    close: () => undefined,
    deliver(message) {
      const listener = listeners.get(linkChannels.control)
      if (listener) listener(message)
      else kept.push(message)
    },
  }
  return link
}

const createSide = (clock: ReturnType<typeof createFakeClock>, device: DeviceId, seed: number) => {
  const links = createValue<readonly Link[]>([])
  const connected = createValue<ReadonlySet<DeviceId>>(new Set())
  const members = createValue<ReadonlySet<AccountId>>(new Set([anna, bob]))
  const summaries: CallSummary[] = []
  const sent: (Sending | undefined)[] = []
  const plans: SendingPlan[] = []
  const kept: (CallId | undefined)[] = []
  const odd: Bytes[] = []
  const prepared: DeviceId[] = []
  const calls = createCalls({
    facts: {
      device,
      account: accounts.get(device) ?? anna,
      accountOf: (other) => accounts.get(other),
      mayHear: (where, account) => where === room && members.get().has(account),
      isDirect: () => true,
      isBlocked: () => false,
    },
    changes: [members],
    signals: openCallSignals({ network: { links }, clock, others: (_link, message) => odd.push(message) }),
    media: {
      prepare: (other) => prepared.push(other),
      open: (other) => connected.set(new Set([...connected.get(), other])),
      close: (other) => connected.set(new Set([...connected.get()].filter((one) => one !== other))),
      setSending: (sending) => sent.push(sending),
      setPlan: (plan) => plans.push(plan),
      connected,
    },
    writeSummary: (_room, summary) => summaries.push(summary),
    memory: { read: () => undefined, write: (call) => void kept.push(call) },
    clock,
    random: createSeededRandom(seed),
  })
  return { calls, links, connected, members, summaries, sent, plans, kept, odd, prepared }
}

const createPair = () => {
  const clock = createFakeClock()
  const [left, right] = [createSide(clock, phone, 1), createSide(clock, tablet, 2)]
  const connect = () => {
    const [near, far] = [createEnd(tablet), createEnd(phone)]
    near.peer = far
    far.peer = near
    left.links.set([near])
    right.links.set([far])
    return { near, far }
  }
  const cut = () => {
    left.links.set([])
    right.links.set([])
  }
  return { clock, left, right, connect, cut, ...connect() }
}
type Pair = ReturnType<typeof createPair>
const statuses = ({ left, right }: Pair) => [left.calls.view.get().status, right.calls.view.get().status]
const talk = () => {
  const pair = createPair()
  pair.left.calls.call(room, { called: [bob], sending: { ...quiet, camera: true } })
  pair.right.calls.accept(room, quiet)
  return pair
}

test('C1: rings, is answered, heard, and ends, with what is sent put right each time', () => {
  const pair = createPair()
  const { left, right } = pair
  left.calls.call(room, { called: [bob], sending: quiet })
  expect(statuses(pair)).toEqual(['ringingOut', 'ringingIn'])
  right.calls.accept(room, quiet)
  expect(statuses(pair)).toEqual(['inCall', 'inCall'])
  left.calls.send({ audio: 'muted' })
  expect(right.calls.view.get()).toMatchObject({ participants: [{ sending: { audio: 'muted' } }] })
  right.calls.leave()
  expect(statuses(pair)).toEqual(['ended', 'ended'])
  expect(left.sent.map((sending) => sending?.audio)).toEqual(['on', 'muted', undefined])
  expect(left.connected.get().size + right.connected.get().size).toBe(0)
  expect([...left.summaries, ...right.summaries]).toMatchObject([
    { outcome: 'answered', tookPart: [anna, bob] },
  ])
  expect(left.kept.map((call) => call !== undefined)).toEqual([true, false])
  expect(pair.clock.pendingTimers).toBe(0)
})

test('C1: unanswered, it is missed on both sides after 45 s, and no timer is left', async () => {
  const pair = createPair()
  pair.left.calls.call(room, { called: [bob], sending: quiet })
  await pair.clock.advance(callLimits.ringMs)
  expect(pair.left.calls.view.get()).toMatchObject({ status: 'ended', reason: 'missed' })
  expect(pair.right.calls.view.get()).toMatchObject({ missed: [{ by: anna }] })
  expect(pair.clock.pendingTimers).toBe(0)
})

test('C3: while it rings both sides agree on their lines, and nobody does for less', () => {
  const pair = createPair()
  expect([...pair.left.prepared, ...pair.right.prepared]).toEqual([])
  pair.left.calls.call(room, { called: [bob], sending: quiet })
  expect([pair.left.prepared[0], pair.right.prepared[0]]).toEqual([tablet, phone])
  expect(pair.left.connected.get().size).toBe(0)
})

test('C5: over another Link it goes on', async () => {
  const pair = talk()
  pair.cut()
  await pair.clock.advance(callLimits.reconnectMs - 1)
  expect(statuses(pair)).toEqual(['reconnecting', 'reconnecting'])
  pair.connect()
  await pair.clock.advance(callLimits.reconnectMs)
  expect(statuses(pair)).toEqual(['inCall', 'inCall'])
  pair.connect()
  expect(statuses(pair), 'a Link in place of another').toEqual(['inCall', 'inCall'])
})

test('C2: who is not of the room any more is out of the call', () => {
  const pair = talk()
  pair.right.members.set(new Set([anna]))
  expect(pair.right.calls.view.get()).toMatchObject({ status: 'ended', reason: 'removed' })
})

test('C4: the plan follows what is measured, and what the other shows', () => {
  const pair = talk()
  const { left, right } = pair
  const means = { uplinkBps: 2_000_000, cpu: 'fine', cameraHeight: 720, screenHeight: undefined } as const
  left.calls.measure(means)
  right.calls.show(phone, { camera: 720.4, screen: 0 })
  expect(left.plans.at(-1)?.to.get(tablet)?.camera).toMatchObject({ scaleResolutionDownBy: 1 })
  right.calls.show(phone, { camera: 0, screen: 0 })
  expect(left.plans.at(-1)?.to.get(tablet)?.camera).toBe('off')
})

test('C2: garbage, strange messages and floods on the channel change nothing', () => {
  const pair = createPair()
  const { near, far, left, right } = pair
  near.send(linkChannels.control, new Uint8Array([123, 1, 2]))
  near.send(linkChannels.control, new Uint8Array([1, 99]))
  near.send(linkChannels.control, new Uint8Array(0))
  expect(right.odd).toHaveLength(2)
  expect(statuses(pair)).toEqual(['idle', 'idle'])
  let reactions = 0
  left.calls.call(room, { called: [bob], sending: quiet })
  right.calls.accept(room, quiet)
  right.calls.onReaction(() => (reactions += 1))
  for (let time = 0; time < 500; time++)
    near.send(linkChannels.control, encodeCallMessage({ type: 'reaction', emoji: '🎉' }))
  expect(reactions).toBeLessThanOrEqual(callLimits.messageBurst)
  expect(far.isOpen).toBe(true)
})

test('C1: a long refusal is cut to what a message holds', () => {
  const pair = createPair()
  pair.left.calls.call(room, { called: [bob], sending: quiet })
  pair.right.calls.decline(room, '👨‍👩‍👧‍👦'.repeat(50))
  const view = pair.left.calls.view.get()
  expect(view).toMatchObject({ status: 'ended', reason: 'declined', text: '👨‍👩‍👧‍👦'.repeat(16) })
})

test('closing ends the call for the others and leaves nothing behind', () => {
  const pair = talk()
  pair.left.calls.close()
  expect(pair.right.calls.view.get()).toMatchObject({ status: 'ended', reason: 'hungUp' })
  expect(pair.clock.pendingTimers).toBe(0)
})
