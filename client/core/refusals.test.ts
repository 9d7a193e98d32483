import { beforeEach, expect, test } from 'vitest'
import type { DeviceId } from '../../shared/identifiers.ts'
import { refusalLimits } from '../../shared/limits.ts'
import type { LogId } from './ports.ts'
import { createRefusalJournal, type Refusal, type RefusalJournal } from './refusals.ts'

const deviceNamed = (letter: string) => letter.repeat(43) as DeviceId
const [anna, bob, mallory] = [deviceNamed('A'), deviceNamed('B'), deviceNamed('M')]
const general = 'G'.repeat(22) as LogId

const onPage = (device: DeviceId, page = 0, why: Refusal['why'] = 'badSignature'): Refusal => ({
  device,
  about: { type: 'page', log: general, page },
  why,
})
const atTheDoor = (device: DeviceId): Refusal => ({
  device,
  about: { type: 'door' },
  why: 'notOfThisFamily',
})

let nowMs = 0
let journal: RefusalJournal
beforeEach(() => {
  nowMs = 1_000
  journal = createRefusalJournal({ now: () => nowMs })
})

test('P3: what was refused is kept with whose it was, what it was about, why and when, newest first', () => {
  journal.note(onPage(bob))
  nowMs = 2_000
  journal.note({ device: anna, about: { type: 'family' }, why: 'deletes' })
  expect(journal.read()).toMatchObject([
    { device: anna, about: { type: 'family' }, why: 'deletes', firstMs: 2_000, latestMs: 2_000, count: 1 },
    { ...onPage(bob), firstMs: 1_000, latestMs: 1_000, count: 1 },
  ])
})

test('the same again is counted, and is the newest again', () => {
  journal.note(onPage(bob))
  journal.note(onPage(anna))
  nowMs = 9_000
  journal.note(onPage(bob))
  expect(journal.read()).toMatchObject([
    { device: bob, firstMs: 1_000, latestMs: 9_000, count: 2 },
    { device: anna, count: 1 },
  ])
})

test('another page, reason, matter or device is another refusal, with a key of its own', () => {
  const notes = [
    onPage(bob),
    onPage(bob, 1),
    onPage(bob, 0, 'wrongKey'),
    onPage(anna),
    { ...onPage(bob), about: { type: 'family' } } as const,
  ]
  for (const one of notes) journal.note(one)
  expect(new Set(journal.read().map(({ key }) => key)).size).toBe(notes.length)
})

test('L7: a million of the same are one line', () => {
  journal.note(onPage(anna))
  for (let i = 0; i < 1_000_000; i++) journal.note(onPage(mallory))
  expect(journal.read()).toMatchObject([
    { device: mallory, count: 1_000_000 },
    { device: anna, count: 1 },
  ])
})

test('L7: a hundred thousand different ones of a device push out its own only', () => {
  journal.note(onPage(anna))
  for (let i = 0; i < 100_000; i++) journal.note(onPage(mallory, i))
  const read = journal.read()
  expect(read).toHaveLength(1 + refusalLimits.maxPerDevice)
  expect(read.at(-1)).toMatchObject({ device: anna })
  expect(read[0]).toMatchObject({ about: { page: 99_999 } })
})

test('L3: who is not let in may take a new name each time, and still has the room of one device', () => {
  journal.note(onPage(anna))
  for (let i = 0; i < 100_000; i++) journal.note(atTheDoor(`${i}`.padStart(43, '_') as DeviceId))
  expect(journal.read()).toHaveLength(1 + refusalLimits.maxPerDevice)
  expect(journal.read().at(-1)).toMatchObject({ device: anna })
})

test('where all of it is full, whoever has most gives way', () => {
  journal.note(onPage(anna))
  for (let letter = 0; letter < 60; letter++)
    for (let page = 0; page < 30; page++)
      journal.note(onPage(`${letter}`.padStart(43, 'x') as DeviceId, page))
  const read = journal.read()
  expect(read).toHaveLength(refusalLimits.maxKept)
  expect(read.at(-1)).toMatchObject({ device: anna })
})

test('whoever follows is told at each note', () => {
  let told = 0
  const leave = journal.changes.subscribe(() => told++)
  journal.note(onPage(bob))
  journal.note(onPage(bob))
  leave()
  journal.note(onPage(bob))
  expect(told).toBe(2)
})
