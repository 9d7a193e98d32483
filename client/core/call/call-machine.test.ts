import { describe, expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { callLimits } from '../../../shared/limits.ts'
import { foldCallLines } from '../room/call-lines.ts'
import {
  anna,
  annaLaptop,
  annaPhone,
  bob,
  bobLaptop,
  bobPhone,
  carla,
  carlaPhone,
  createCallFamily,
  everybody,
  secret,
  two,
} from './testing/call-family.ts'
import { quiet, type CallNetwork } from './testing/call-network.ts'

const connected = () => {
  const family = createCallFamily()
  family.connectAll()
  family.deliver()
  return family
}
const statusOf = (family: CallNetwork, ...devices: DeviceId[]) =>
  devices.map((device) => {
    const view = family.view(device)
    return view.status === 'ended' ? view.reason : view.status
  })
const call = (family: CallNetwork, from: DeviceId, room = two, called = [bob]) =>
  family.wish(from, { type: 'start', room, id: family.freshId(), called, sending: quiet })
const accept = (family: CallNetwork, device: DeviceId, room = two) =>
  family.wish(device, { type: 'accept', room, sending: quiet })
const lines = (family: CallNetwork) =>
  foldCallLines(family.summaries).map(({ summary }) => ({
    outcome: summary.outcome,
    by: summary.by,
    tookPart: [...summary.tookPart].sort(),
  }))
const inTwo = () => {
  const family = connected()
  call(family, annaPhone)
  family.deliver()
  accept(family, bobPhone)
  family.deliver()
  return family
}

describe('C1: a call to one person', () => {
  test('rings on all their devices, and on none of the caller’s', () => {
    const family = connected()
    call(family, annaPhone)
    family.deliver()
    expect(statusOf(family, annaPhone, annaLaptop, bobPhone, bobLaptop, carlaPhone)).toEqual([
      'ringingOut',
      'idle',
      'ringingIn',
      'ringingIn',
      'idle',
    ])
  })

  test('answered on one device, it stops on the others, and both hear each other', () => {
    const family = inTwo()
    expect(statusOf(family, annaPhone, bobPhone, bobLaptop)).toEqual([
      'inCall',
      'inCall',
      'answeredElsewhere',
    ])
  })

  test('answered where the account’s devices do not reach each other, it still stops on the others', () => {
    const family = connected()
    family.cut(bobPhone, bobLaptop)
    call(family, annaPhone)
    family.deliver()
    accept(family, bobPhone)
    family.deliver()
    expect(statusOf(family, bobLaptop)).toEqual(['answeredElsewhere'])
  })

  test('answered on one device, it stops on the others by its word alone, before the caller knows', () => {
    const family = connected()
    call(family, annaPhone)
    family.deliver()
    accept(family, bobPhone)
    family.arrive(bobLaptop, bobPhone)
    expect(statusOf(family, annaPhone, bobLaptop)).toEqual(['ringingOut', 'answeredElsewhere'])
  })

  test('declined on one device, it is over on all, and the caller reads why', () => {
    const family = connected()
    call(family, annaPhone)
    family.deliver()
    family.wish(bobPhone, { type: 'decline', room: two, text: 'in a meeting' })
    family.deliver()
    expect(statusOf(family, annaPhone, bobPhone, bobLaptop)).toEqual(['declined', 'declined', 'declined'])
    expect(family.view(annaPhone)).toMatchObject({ text: 'in a meeting' })
    expect(lines(family)).toEqual([{ outcome: 'declined', by: anna, tookPart: [anna] }])
  })

  test('unanswered for 45 s it is missed on both sides, and written once', () => {
    const family = connected()
    call(family, annaPhone)
    family.run(callLimits.ringMs - 1)
    expect(statusOf(family, annaPhone, bobPhone)).toEqual(['ringingOut', 'ringingIn'])
    family.run(1)
    expect(statusOf(family, annaPhone, bobPhone, bobLaptop)).toEqual(['missed', 'missed', 'missed'])
    expect(family.view(bobPhone).missed).toMatchObject([{ room: two, by: anna }])
    expect(lines(family)).toEqual([{ outcome: 'missed', by: anna, tookPart: [anna] }])
  })

  test('a caller who hangs up first leaves a missed call', () => {
    const family = connected()
    call(family, annaPhone)
    family.deliver()
    family.wish(annaPhone, { type: 'leave' })
    family.deliver()
    expect(statusOf(family, annaPhone, bobPhone)).toEqual(['hungUp', 'missed'])
    expect(lines(family)).toMatchObject([{ outcome: 'missed' }])
  })

  test('rings late where they come online late', () => {
    const family = createCallFamily()
    call(family, annaPhone)
    family.pass(10_000)
    family.connect(annaPhone, bobPhone)
    family.deliver()
    expect(statusOf(family, bobPhone)).toEqual(['ringingIn'])
  })

  test('is over for both when one hangs up, with one summary', () => {
    for (const device of [annaPhone, bobPhone]) {
      const family = inTwo()
      family.pass(60_000)
      family.wish(device, { type: 'leave' })
      family.run(60_000)
      expect(statusOf(family, annaPhone, bobPhone)).toEqual(['hungUp', 'hungUp'])
      expect(foldCallLines(family.summaries)).toMatchObject([
        { summary: { outcome: 'answered', durationMs: 60_000, tookPart: [anna, bob], by: anna } },
      ])
    }
  })

  test('to who is in another call is busy, on whichever of their devices they are', () => {
    const family = inTwo()
    call(family, carlaPhone, everybody, [bob])
    family.deliver()
    expect(statusOf(family, bobLaptop, bobPhone)).toEqual(['answeredElsewhere', 'inCall'])
    const view = family.view(carlaPhone)
    expect(view, 'in a group the call goes on').toMatchObject({
      status: 'inCall',
      called: [{ account: bob, state: 'busy' }],
    })
    expect(family.view(bobPhone).missed).toMatchObject([{ by: carla }])
  })

  test('of two, to who is busy ends busy', () => {
    const family = connected()
    call(family, carlaPhone, everybody, [bob])
    family.deliver()
    accept(family, bobPhone, everybody)
    family.deliver()
    call(family, annaPhone)
    family.deliver()
    expect(statusOf(family, annaPhone)).toEqual(['busy'])
    expect(lines(family)).toMatchObject([{ outcome: 'busy', by: anna }])
  })
})

describe('C1: glare', () => {
  test('two who call each other at once are in one call, and nobody rings', () => {
    const family = connected()
    call(family, annaPhone)
    call(family, bobPhone, two, [anna])
    family.deliver()
    expect(statusOf(family, annaPhone, bobPhone)).toEqual(['inCall', 'inCall'])
    expect(statusOf(family, annaLaptop, bobLaptop)).not.toContain('ringingIn')
    const ids = [annaPhone, bobPhone].map((device) => family.view(device).running.get(two)?.call.id)
    expect(ids).toEqual(['call-0001', 'call-0001'])
    family.wish(bobPhone, { type: 'leave' })
    family.deliver()
    expect(lines(family)).toMatchObject([{ outcome: 'answered', by: anna }])
  })

  test('C6: calls that became one for one person only are one line', () => {
    const family = connected()
    family.cut(annaPhone, annaLaptop)
    family.deliver()
    call(family, annaPhone)
    call(family, annaLaptop)
    call(family, bobPhone, two, [anna])
    family.arrive(bobPhone, annaPhone)
    family.arrive(bobPhone, annaLaptop)
    for (const device of [annaPhone, annaLaptop]) family.wish(device, { type: 'leave' })
    family.run(60_000)
    expect(statusOf(family, bobPhone)).toEqual(['hungUp'])
    expect(lines(family)).toHaveLength(1)
  })

  test('C2: two calls begun at once in one room become the lower', () => {
    const family = connected()
    call(family, annaPhone, everybody, [])
    call(family, carlaPhone, everybody, [])
    call(family, bobPhone, everybody, [])
    family.deliver()
    const ids = [annaPhone, bobPhone, carlaPhone].map(
      (device) => family.view(device).running.get(everybody)?.call.id,
    )
    expect(new Set(ids)).toEqual(new Set(['call-0001']))
  })

  test('two devices of one person that answer at once: the first stays', () => {
    const family = connected()
    call(family, annaPhone)
    family.deliver()
    accept(family, bobPhone)
    accept(family, bobLaptop)
    family.deliver()
    expect(statusOf(family, annaPhone, bobLaptop, bobPhone)).toEqual([
      'inCall',
      'inCall',
      'answeredElsewhere',
    ])
  })
})

describe('C2: a call of a room', () => {
  test('can be joined late, also by a second device, and goes on without who placed it', () => {
    const family = connected()
    call(family, annaPhone, everybody, [bob])
    family.deliver()
    accept(family, bobPhone, everybody)
    family.deliver()
    expect(family.view(carlaPhone).running.get(everybody)).toMatchObject({ accounts: [anna, bob] })
    family.wish(carlaPhone, { type: 'join', room: everybody, sending: quiet })
    family.wish(bobLaptop, { type: 'join', room: everybody, sending: quiet })
    family.deliver()
    expect(statusOf(family, annaPhone, bobPhone, bobLaptop, carlaPhone)).toEqual(Array(4).fill('inCall'))
    family.wish(annaPhone, { type: 'leave' })
    family.run(60_000)
    expect(statusOf(family, bobPhone, bobLaptop, carlaPhone)).toEqual(Array(3).fill('inCall'))
    expect(family.summaries).toEqual([])
    for (const device of [bobPhone, bobLaptop, carlaPhone]) family.wish(device, { type: 'leave' })
    family.deliver()
    expect(lines(family)).toEqual([{ outcome: 'answered', by: anna, tookPart: [anna, bob, carla] }])
  })

  test('one may wait in it alone, and be left in it', () => {
    const family = connected()
    call(family, annaPhone, everybody, [])
    family.run(10 * 60_000)
    expect(statusOf(family, annaPhone)).toEqual(['inCall'])
    family.wish(carlaPhone, { type: 'join', room: everybody, sending: quiet })
    family.deliver()
    family.wish(carlaPhone, { type: 'leave' })
    family.run(10 * 60_000)
    expect(statusOf(family, annaPhone)).toEqual(['inCall'])
  })

  test('two who leave at the same moment leave one summary', () => {
    const family = connected()
    call(family, annaPhone, everybody, [])
    family.deliver()
    family.wish(carlaPhone, { type: 'join', room: everybody, sending: quiet })
    family.deliver()
    family.wish(carlaPhone, { type: 'leave' })
    family.wish(annaPhone, { type: 'leave' })
    family.deliver()
    expect(lines(family)).toHaveLength(1)
  })

  test('a private room’s call is told to nobody outside it', () => {
    const family = connected()
    call(family, annaPhone, secret, [carla])
    family.deliver()
    family.wish(annaPhone, { type: 'leave' })
    family.deliver()
    const { told } = family.node(annaPhone)
    expect(told.map(({ to }) => to)).not.toContain(bobPhone)
    expect(told.map(({ to }) => to)).not.toContain(bobLaptop)
    expect(told.map(({ to }) => to)).toContain(carlaPhone)
  })

  test('who is removed from the room leaves it, and is heard of no more', () => {
    const family = connected()
    call(family, annaPhone, secret, [carla])
    family.deliver()
    accept(family, carlaPhone, secret)
    family.deliver()
    family.setMembers(secret, [anna])
    family.deliver()
    expect(statusOf(family, carlaPhone)).toEqual(['removed'])
    expect(family.view(annaPhone)).toMatchObject({ participants: [] })
    expect(family.node(annaPhone).media.size).toBe(0)
  })
})

describe('C5: lost links', () => {
  test('a lost device is waited for, and is back without anybody’s doing', () => {
    const family = inTwo()
    family.cut(annaPhone, bobPhone)
    family.run(29_000)
    expect(statusOf(family, annaPhone, bobPhone)).toEqual(['reconnecting', 'reconnecting'])
    family.connect(annaPhone, bobPhone)
    family.run(60_000)
    expect(statusOf(family, annaPhone, bobPhone)).toEqual(['inCall', 'inCall'])
  })

  test('after 30 s the call has failed, for both, with one summary', () => {
    const family = inTwo()
    family.cut(annaPhone, bobPhone)
    family.run(30_000)
    expect(statusOf(family, annaPhone, bobPhone)).toEqual(['failed', 'failed'])
    expect(lines(family)).toHaveLength(1)
  })

  test('who loads their page anew is offered the call, and is back in one tap', () => {
    const family = inTwo()
    family.reload(bobPhone)
    family.connectAll()
    family.run(5_000)
    expect(family.view(bobPhone).running.get(two)).toMatchObject({ isRejoinable: true })
    family.wish(bobPhone, { type: 'join', room: two, sending: quiet })
    family.run(60_000)
    expect(statusOf(family, annaPhone, bobPhone)).toEqual(['inCall', 'inCall'])
  })

  test('of several, the lost one is dropped after 30 s and the rest go on', () => {
    const family = connected()
    call(family, annaPhone, everybody, [bob, carla])
    family.deliver()
    accept(family, bobPhone, everybody)
    accept(family, carlaPhone, everybody)
    family.deliver()
    family.cut(annaPhone, carlaPhone)
    family.cut(bobPhone, carlaPhone)
    family.run(29_000)
    expect(family.view(annaPhone)).toMatchObject({
      participants: [{ device: bobPhone }, { device: carlaPhone, connection: 'reconnecting' }],
    })
    family.run(2_000)
    expect(family.view(annaPhone)).toMatchObject({ status: 'inCall', participants: [{ device: bobPhone }] })
    expect(statusOf(family, carlaPhone)).toEqual(['failed'])
  })
})

describe('C2: hostile and stale devices', () => {
  const presence = (room = two, id = 'evil', called = [bob]) => ({
    type: 'presence' as const,
    sequence: 2_000_000_000_000,
    stay: {
      call: { id: id as never, room, startedAtMs: 1, by: anna },
      phase: 'ringingOut' as const,
      entered: 'started' as const,
      enteredAtMs: 1,
      called: called.map((account) => ({ account, state: 'ringing' as const })),
      sending: quiet,
    },
  })

  test('a call of a room that they, or we, are not of is not there', () => {
    const family = connected()
    family.dispatch(bobPhone, { type: 'message', device: carlaPhone, message: presence(two) })
    family.dispatch(bobPhone, { type: 'message', device: annaPhone, message: presence(secret) })
    expect(statusOf(family, bobPhone)).toEqual(['idle'])
    expect(family.view(bobPhone).running.size).toBe(0)
  })

  test('nobody ends a call for others', () => {
    const family = inTwo()
    const { id } = family.view(annaPhone).running.get(two)!.call
    family.dispatch(annaPhone, {
      type: 'message',
      device: carlaPhone,
      message: { type: 'left', sequence: 2_000_000_000_000, call: id, hasWritten: false },
    })
    family.dispatch(annaPhone, {
      type: 'message',
      device: carlaPhone,
      message: { type: 'decline', call: id, reason: 'declined', text: 'no' },
    })
    family.run(60_000)
    expect(statusOf(family, annaPhone, bobPhone)).toEqual(['inCall', 'inCall'])
  })

  test('who is blocked never rings, and learns nothing of it', () => {
    const family = connected()
    family.node(bobPhone).blocked.add(anna)
    family.cut(annaPhone, bobLaptop)
    call(family, annaPhone)
    family.deliver()
    expect(statusOf(family, annaPhone, bobPhone)).toEqual(['ringingOut', 'idle'])
    expect(family.node(bobPhone).told).toEqual([])
  })

  test('who rings again and again is soon noted only', () => {
    const family = connected()
    let rung = 0
    for (let time = 0; time < 20; time++) {
      call(family, annaPhone)
      family.deliver()
      if (statusOf(family, bobPhone)[0] === 'ringingIn') rung += 1
      family.wish(annaPhone, { type: 'leave' })
      family.run(1_000)
    }
    expect(rung).toBe(callLimits.maxRings)
    expect(family.view(bobPhone).missed).toHaveLength(20)
  })

  test('one who rings under ever new ids is over after 45 s', () => {
    const family = connected()
    for (let second = 0; second < 50; second++) {
      const message = { ...presence(two, `evil${second}`), sequence: 2_000_000_000_000 + second }
      family.dispatch(bobPhone, { type: 'message', device: annaPhone, message })
      family.pass(1_000)
      if (second === 44) expect(statusOf(family, bobPhone)).toEqual(['ringingIn'])
    }
    expect(family.view(bobPhone).missed.length).toBeGreaterThan(0)
  })
})

test('C4: the ninth device finds it full', () => {
  const family = connected()
  call(family, annaPhone, everybody, [])
  family.deliver()
  const { call: name } = family.view(annaPhone).running.get(everybody)!
  const node = family.node(bobPhone)
  for (let other = 0; other < 7; other++) {
    const device = `other-${other}` as DeviceId
    node.machine = {
      ...node.machine,
      peers: new Map(node.machine.peers).set(device, {
        ...node.machine.peers.get(annaPhone)!,
        device,
        stay: {
          call: name,
          phase: 'inCall',
          entered: 'joined',
          enteredAtMs: 1,
          called: [],
          sending: quiet,
        },
      }),
    }
  }
  const facts = { ...family.factsFor(bobPhone) }
  Object.assign(family.factsFor(bobPhone), {
    accountOf: (device: DeviceId) => (device.startsWith('other') ? carla : facts.accountOf(device)),
  })
  family.wish(bobPhone, { type: 'join', room: everybody, sending: quiet })
  expect(statusOf(family, bobPhone)).toEqual(['full'])
})

test('C2: reactions and tiles reach who is in the call, and nobody else', () => {
  const family = inTwo()
  family.wish(annaPhone, { type: 'react', emoji: '🎉' })
  family.wish(annaPhone, { type: 'show', device: bobPhone, tiles: { camera: 360, screen: 0 } })
  family.wish(annaPhone, { type: 'report', device: bobPhone, report: { rttMs: 40, lossPerMille: 2 } })
  family.dispatch(annaPhone, {
    type: 'message',
    device: carlaPhone,
    message: { type: 'reaction', emoji: '😈' },
  })
  family.deliver()
  expect(family.node(bobPhone).reactions).toEqual(['🎉'])
  expect(family.node(annaPhone).reactions).toEqual([])
  expect(family.view(bobPhone)).toMatchObject({
    participants: [{ tiles: { camera: 360, screen: 0 }, report: { rttMs: 40, lossPerMille: 2 } }],
  })
})

test('C3: what one sends is told, and a glimpse of it is in the summary', () => {
  const family = inTwo()
  family.wish(bobPhone, { type: 'setSending', sending: { camera: true, audio: 'muted' } })
  family.deliver()
  expect(family.view(annaPhone)).toMatchObject({
    participants: [{ sending: { camera: true, audio: 'muted' } }],
  })
  family.wish(bobPhone, { type: 'setSending', sending: { camera: false } })
  family.wish(bobPhone, { type: 'leave' })
  family.deliver()
  expect(foldCallLines(family.summaries)).toMatchObject([{ summary: { hadVideo: true } }])
})
