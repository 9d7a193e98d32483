import { expect, test } from 'vitest'
import type { DeviceId } from '../../../shared/identifiers.ts'
import { callLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'
import { createHousehold, type Member } from '../testing/household.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { createValue } from '../value.ts'
import { openCallSignals } from './call-signals.ts'
import { createCalls } from './create-calls.ts'

const sound = { audio: 'on', camera: false, screen: false, hand: false } as const

/** Anna and Bert with whole cores and calls on them; the media are there as soon as they are opened. */
const begin = async () => {
  const household = createHousehold()
  const { clock } = household
  const withCalls = (member: Member, seed: number) => {
    const connected = createValue<ReadonlySet<DeviceId>>(new Set())
    const { facts, changes, writeSummary } = member.hearth.callGround
    const calls = createCalls({
      facts,
      changes,
      writeSummary,
      signals: openCallSignals({ network: member.network, clock }),
      media: {
        prepare: () => undefined,
        open: (device) => connected.set(new Set([...connected.get(), device])),
        close: (device) => connected.set(new Set([...connected.get()].filter((one) => one !== device))),
        setSending: () => undefined,
        setPlan: () => undefined,
        connected,
      },
      clock,
      random: createSeededRandom(seed),
    })
    return { ...member, calls }
  }
  const [first, second] = [await household.move('Anna'), await household.move('Bert')]
  await household.connect(first, second)
  const [anna, bert] = [withCalls(first, 1), withCalls(second, 2)]
  const talk = async (): Promise<LogId> => {
    const opened = await anna.hearth.openDirect(bert.hearth.me.get().id)
    if (!opened.ok) throw new Error(opened.problem.type)
    return opened.value
  }
  return { clock, anna, bert, talk }
}

test('C1, C6: it rings where nothing was said yet, is answered, and leaves one line with both', async () => {
  const { clock, anna, bert, talk } = await begin()
  const room = await talk()
  anna.calls.call(room, { called: [bert.hearth.me.get().id], sending: sound })
  await clock.advance(1_000)
  expect(bert.calls.view.get()).toMatchObject({ status: 'ringingIn', rings: [{ room }] })
  expect(bert.hearth.rooms.get().some(({ id }) => id === room)).toBe(false)
  bert.hearth.callGround.showRoom(room)
  expect(bert.hearth.rooms.get().find(({ id }) => id === room)?.kind).toBe('direct')

  bert.calls.accept(room, sound)
  await clock.advance(1_000)
  for (const { calls } of [anna, bert]) expect(calls.view.get().status).toBe('inCall')
  await clock.advance(90_000)
  anna.calls.leave()
  await clock.advance(1_000)
  expect(bert.calls.view.get()).toMatchObject({ status: 'ended', reason: 'hungUp' })
  for (const one of [anna, bert])
    expect((await one.lines(room)).filter((line) => line.includes('called'))).toEqual([
      'Anna called: answered',
    ])
})

test('C1, C6: nobody answers, and the one who was called finds it in the room', async () => {
  const { clock, anna, bert, talk } = await begin()
  const room = await talk()
  anna.calls.call(room, { called: [bert.hearth.me.get().id], sending: sound })
  await clock.advance(callLimits.ringMs + 1_000)
  expect(anna.calls.view.get()).toMatchObject({ status: 'ended', reason: 'missed' })
  expect(bert.calls.view.get()).toMatchObject({ status: 'ended', reason: 'missed', missed: [{ room }] })
  expect(await bert.lines(room)).toEqual(['Anna called: missed'])
})

test('C2: it rings with nobody who is not of the room, and they hear nothing of it', async () => {
  const { clock, anna, bert } = await begin()
  const made = await anna.hearth.createPrivateRoom({ name: 'Surprise', members: [], history: 'all' })
  if (!made.ok) throw new Error(made.problem.type)
  await clock.advance(1_000)
  anna.calls.call(made.value, { called: [bert.hearth.me.get().id], sending: sound })
  await clock.advance(1_000)
  expect(bert.calls.view.get()).toMatchObject({ status: 'idle', running: new Map() })
})
