import { expect, test } from 'vitest'
import { retentionLimits } from '../../../shared/limits.ts'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { CallId } from '../call/words.ts'
import { entryKinds } from '../log/entry.ts'
import { createHousehold, type Member } from '../testing/household.ts'
import { encodeCallSummary, type CallSummary } from './call-summary.ts'

const idOf = (number: number) => toBase64Url(new Uint8Array(16).fill(number)) as CallId
const summaryBy = (member: Member, more: Partial<CallSummary> = {}): CallSummary => ({
  id: idOf(1),
  aliases: [],
  by: member.hearth.me.get().id,
  startedAtMs: 1_700_000_000_000,
  durationMs: 60_000,
  outcome: 'answered',
  hadVideo: false,
  tookPart: [member.hearth.me.get().id],
  called: [],
  ...more,
})
const write = (member: Member, body = encodeCallSummary(summaryBy(member))) =>
  member.hearth.logs.append(member.hearth.family.general, entryKinds.call, body)
const callLines = async (member: Member) =>
  (await member.lines()).filter((line) => line.includes(' called: '))

test('C6: a summary is an entry like any other: it travels, and two of one call are one line for all', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await write(anna)
  await write(bob, encodeCallSummary({ ...summaryBy(anna), durationMs: 61_000 }))
  await write(bob, encodeCallSummary(summaryBy(bob, { id: idOf(2), outcome: 'missed' })))
  await write(bob, encodeUtf8('no summary'))
  await house.connect(anna, bob)
  const expected = ['Anna called: answered', 'Bob called: missed']
  expect(await callLines(anna)).toEqual(expected)
  expect(await callLines(bob)).toEqual(expected)
  expect(await callLines(await anna.restart())).toEqual(expected)
})

test('C6: nobody can put a missed call into another’s mouth', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  await write(bob, encodeCallSummary(summaryBy(anna, { outcome: 'missed' })))
  await house.clock.advance(50)
  expect(await callLines(anna)).toEqual([])
})

test('P8: in a room that is kept for a week, what calls there were goes as what was said does', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  const { general } = anna.hearth.family
  await write(anna)
  anna.say('hello')
  await house.clock.settle()
  await anna.hearth.keepRoom(general, 'week')
  await house.clock.sleep(retentionLimits.week + retentionLimits.sweepEveryMs)
  await house.clock.advance(retentionLimits.sweepEveryMs)
  expect(await callLines(anna)).toEqual([])
  const page = await anna.store.loadPage(general, 0)
  const entries = await anna.hearth.logs.readAll(general)
  expect(page).toBeDefined()
  expect(entries.filter(({ kind, bodyHash }) => kind === entryKinds.call && !bodyHash)).toEqual([])
})
