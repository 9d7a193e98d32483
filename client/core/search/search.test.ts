import { expect, test } from 'vitest'
import type { LogId } from '../ports.ts'
import { searchLimits } from '../../../shared/limits.ts'
import { createHousehold, type Member } from '../testing/household.ts'
import {
  createMemorySegments,
  createSameThreadWorker,
  type MemorySegments,
} from '../testing/memory-search.ts'
import { createSearch } from './create-search.ts'
import type { SearchQuery } from './query.ts'

const setUp = async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  const searchOf = async (member: Member, segments: MemorySegments = createMemorySegments()) => {
    const search = createSearch({
      hearth: member.hearth,
      worker: createSameThreadWorker(),
      segments,
      clock: house.clock,
    })
    const find = async (words: string, more: Partial<SearchQuery> = {}) => {
      const found = await house.clock.advanceUntil(
        search.find({ words, limit: searchLimits.maxHits, ...more }, { aborted: false }),
      )
      if (found.type === 'unavailable') throw new Error('unavailable')
      return found.messages.map(
        ({ author, parts }) => `${author.name}: ${parts.map(({ text }) => text).join('')}`,
      )
    }
    await house.clock.settle()
    return { segments, find, close: () => search.close() }
  }
  const say = async (member: Member, ...texts: string[]) => {
    for (const text of texts) {
      member.say(text)
      await house.clock.advance(5)
    }
  }
  const timelineOf = (member: Member, room: LogId = member.hearth.family.general) =>
    member.hearth.openTimeline(room)
  const keyOf = async (member: Member, text: string) => {
    const timeline = timelineOf(member)
    await house.clock.settle()
    const item = timeline.view.get().items.find((one) => one.type === 'message' && one.text === text)
    return { timeline, key: item?.key ?? '' }
  }
  return { house, anna, searchOf, say, keyOf }
}

test('ux 24: what was said before is found, and what is said from then on, by whoever', async () => {
  const { house, anna, searchOf, say } = await setUp()
  const bob = await house.move('Bob')
  await house.connect(anna, bob)
  await say(anna, 'The lake is frozen')
  const { find } = await searchOf(anna)
  expect(await find('lake')).toEqual(['Anna: The lake is frozen'])
  await say(bob, 'Which lake?')
  expect(await find('lake')).toEqual(['Bob: Which lake?', 'Anna: The lake is frozen'])
  const { id } = bob.hearth.me.get()
  expect(await find('lake', { from: id })).toEqual(['Bob: Which lake?'])
})

test('ux 24, P4: an erased message is not found from that moment on, nor is anything of it kept', async () => {
  const { house, anna, searchOf, say, keyOf } = await setUp()
  await say(anna, 'my password is swordfish', 'have a nice day')
  const { find, segments } = await searchOf(anna)
  expect(await find('swordfish')).toHaveLength(1)
  const { timeline, key } = await keyOf(anna, 'my password is swordfish')
  await house.clock.advanceUntil(timeline.erase(key))
  expect(await find('swordfish')).toEqual([])
  await house.clock.advance(searchLimits.settleMs)
  expect(await find('nice')).toEqual(['Anna: have a nice day'])
  const [place] = await segments.places()
  const texts = new TextDecoder().decode(await segments.readTexts(place!))
  expect(texts).not.toContain('swordfish')
  expect(texts).toContain('nice')
})

test('ux 24: an edited message is found by what it says now', async () => {
  const { house, anna, searchOf, say, keyOf } = await setUp()
  await say(anna, 'see you on monday')
  const { find } = await searchOf(anna)
  expect(await find('monday')).toHaveLength(1)
  const { timeline, key } = await keyOf(anna, 'see you on monday')
  await house.clock.advanceUntil(timeline.edit(key, { text: 'see you on friday' }))
  expect(await find('monday')).toEqual([])
  await house.clock.advance(searchLimits.settleMs)
  expect(await find('friday')).toEqual(['Anna: see you on friday'])
  expect(await find('see you')).toEqual(['Anna: see you on friday'])
})

test('ux 24: after a new start the kept index is read and only what has come since is read from the pages', async () => {
  const { house, anna, searchOf, say, keyOf } = await setUp()
  await say(anna, 'kept in the index', 'to be changed')
  const first = await searchOf(anna)
  expect(await first.find('index')).toHaveLength(1)
  await house.clock.advance(searchLimits.settleMs)
  const kept = first.segments.counts.kept
  first.close()
  await say(anna, 'said while nobody searched')
  const { timeline, key } = await keyOf(anna, 'to be changed')
  await house.clock.advanceUntil(timeline.edit(key, { text: 'has been altered' }))
  const again = await searchOf(await anna.restart(), first.segments)
  await house.clock.advance(2 * searchLimits.settleMs)
  expect(again.segments.counts.kept - kept, 'made anew once, for what was changed').toBe(1)
  expect(await again.find('index')).toEqual(['Anna: kept in the index'])
  expect(await again.find('nobody')).toEqual(['Anna: said while nobody searched'])
  expect(await again.find('altered')).toEqual(['Anna: has been altered'])
  expect(await again.find('to be changed')).toEqual([])
})

test('P8: a room that was left is not found, nor kept; a room that is joined is', async () => {
  const { house, anna, searchOf, say } = await setUp()
  const bob = await house.move('Bob')
  await house.connect(anna, bob)
  const created = await house.clock.advanceUntil(anna.hearth.createRoom('garden'))
  const garden = created.ok ? created.value : ('' as LogId)
  anna.say('roses by the fence', garden)
  await say(anna, 'roses in the vase')
  await house.clock.advance(50)
  const { find, segments } = await searchOf(bob)
  expect(await find('roses')).toEqual(['Anna: roses in the vase'])
  await house.clock.advanceUntil(bob.hearth.joinRoom(garden))
  await house.clock.advance(2 * searchLimits.settleMs)
  expect(await find('roses')).toHaveLength(2)
  expect((await segments.places()).map(({ log }) => log)).toContain(garden)
  await house.clock.advanceUntil(bob.hearth.leaveRoom(garden))
  expect(await find('roses')).toEqual(['Anna: roses in the vase'])
  await house.clock.advance(2 * searchLimits.settleMs)
  expect((await segments.places()).map(({ log }) => log)).not.toContain(garden)
})

test('ux 24: where the disk is full, what is here is found all the same', async () => {
  const { anna, searchOf, say } = await setUp()
  await say(anna, 'no room for an index')
  const segments = createMemorySegments()
  segments.fill()
  const { find } = await searchOf(anna, segments)
  expect(await find('room')).toEqual(['Anna: no room for an index'])
})
