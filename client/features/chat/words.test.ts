import { afterEach, describe, expect, test } from 'vitest'
import type { Holder, Person } from '../../core/hearth.ts'
import { anna, bob, grandpa, layla, mia } from '../../core/testing/fake-family.ts'
import { catalogue as arabic } from '../../ui/language/ar/catalogue.ts'
import { catalogue as english } from '../../ui/language/en/catalogue.ts'
import { speak } from '../../ui/language/language.ts'
import { createMoments } from '../moments.ts'
import { explainDelivery, nameDelivery } from './delivery-words.ts'
import { isEmojiOnly } from './emoji-only.ts'
import { describeEvent } from './event-words.ts'
import { describePresence } from './presence-words.ts'
import { sayPlainly } from './sentence.ts'
import { describeTyping } from './typing-words.ts'

const on = (person: Person, deviceName = ''): Holder => ({ person, deviceName })

afterEach(() => speak('en', english))

describe('ux 11: the ladder in words', () => {
  test.each([
    [{ status: 'saving' }, 'Saving'],
    [{ status: 'failed', problem: { type: 'quotaExceeded' } }, 'Not saved'],
    [{ status: 'onlyHere' }, 'On this device only'],
    [{ status: 'onDevices', holders: [on(bob)] }, 'On 1 other device'],
    [{ status: 'onDevices', holders: [on(bob), on(bob), on(layla)] }, 'On 3 other devices'],
    [
      { status: 'read', readers: [{ person: bob, ms: 1 }], holders: [on(bob)] },
      'Read by Bob · On 1 other device',
    ],
    [
      { status: 'read', readers: [bob, layla].map((person) => ({ person, ms: 1 })), holders: [on(bob)] },
      'Read by 2 people · On 1 other device',
    ],
  ] as const)('%o', (delivery, name) => {
    expect(nameDelivery(delivery)).toBe(name)
  })

  test('says who has read it, and when', () => {
    const nowMs = Date.UTC(2026, 10, 25, 18, 40)
    const readers = [
      { person: bob, ms: nowMs - 60_000 },
      { person: mia, ms: nowMs - 86_400_000 },
    ]
    const delivery = { status: 'read', readers, holders: [on(bob), on(mia, 'tablet')] } as const
    expect(explainDelivery(delivery, nowMs, createMoments({ timeZone: 'UTC' }))).toBe(
      'Read by Bob (today at 18:39) and Mia Lindqvist (yesterday at 18:40). On the devices of Bob and Mia Lindqvist (tablet).',
    )
  })

  test('says who has it, and on which device', () => {
    const holders = [
      on(anna, 'old iPad'),
      on(bob, 'phone'),
      on(mia),
      on(bob, 'laptop'),
      on(mia),
      on(mia, 'tablet'),
    ]
    expect(explainDelivery({ status: 'onDevices', holders })).toBe(
      'On the devices of Bob (phone, laptop), Mia Lindqvist (tablet, 2 more) and you (old iPad).',
    )
    const unnamed = [on(grandpa), on(layla), on(layla)]
    expect(explainDelivery({ status: 'onDevices', holders: unnamed })).toBe(
      'On the devices of Grandpa Joe and ليلى (2 devices).',
    )
  })
})

test('events name who and what', () => {
  const event = (person: Person, what: 'created' | 'joined' | 'left') =>
    sayPlainly(describeEvent({ type: 'event', key: '', ms: 0, person, event: what }))
  expect(event(anna, 'created')).toBe('You created this room')
  expect(event(bob, 'joined')).toBe('Bob joined')
  expect(event(bob, 'left')).toBe('Bob left')
})

test('ux 22: who is writing', () => {
  expect(describeTyping([])).toBe('')
  expect(describeTyping(['Bob'])).toBe('Bob is writing…')
  expect(describeTyping(['Bob', 'Mia'])).toBe('Bob and Mia are writing…')
  expect(describeTyping(['Bob', 'Mia', 'Joe'])).toBe('Several people are writing…')
})

test('ux 22: who is here', () => {
  expect(describePresence([anna])).toBe('Only you, so far')
  expect(describePresence([anna, grandpa])).toBe('Nobody else is here right now')
  expect(describePresence([anna, bob, grandpa])).toBe('Bob is here')
  expect(describePresence([anna, bob, mia, layla])).toBe('Bob, Mia Lindqvist and ليلى are here')
  const crowd = Array.from({ length: 9 }, (_, index) => ({ ...bob, name: `P${index}` }))
  expect(describePresence(crowd)).toBe('P0, P1, P2 and 6 more are here')
})

test('up to three emoji alone are large', () => {
  for (const text of ['🎂', '👨‍👩‍👧‍👦', '👋🏽', '❤️❤️', '🇩🇪', '1️⃣', ' 🎉 🎉 🎉 '])
    expect(isEmojiOnly(text), text).toBe(true)
  for (const text of ['', ' ', '1', '#', 'a🎂', '🎂🎂🎂🎂', '🎂!'])
    expect(isEmojiOnly(text), text).toBe(false)
})

test('ux 37: Arabic counts in six ways, and lists people in its own', () => {
  speak('ar', arabic)
  const onOthers = (count: number) =>
    nameDelivery({ status: 'onDevices', holders: Array.from({ length: count }, () => on(bob)) })
  expect([1, 2].map(onOthers)).toEqual(['على جهاز آخر', 'على جهازين آخرين'])
  expect(onOthers(3)).toMatch(/^على \S+ أجهزة أخرى$/)
  expect(onOthers(12)).toMatch(/^على \S+ جهازًا آخر$/)
  expect(describePresence([anna, bob, layla])).toBe('Bob وليلى هنا')
})
