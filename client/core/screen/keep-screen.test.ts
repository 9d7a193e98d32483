import { expect, test } from 'vitest'
import { screenLimits } from '../../../shared/limits.ts'
import { createMemoryScreens } from '../testing/memory-screens.ts'
import { createHousehold } from '../testing/household.ts'
import { createValue } from '../value.ts'
import { keepScreen } from './keep-screen.ts'
import { readKeptScreen } from './read-kept-screen.ts'

const release = 'one'

const begin = async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  const store = createMemoryScreens()
  const phrase = createValue<'kept' | 'notYet'>('notYet')
  const keeper = keepScreen({ hearth: anna.hearth, phrase, store, clock: house.clock, release })
  const room = anna.hearth.family.general
  const kept = () => readKeptScreen(store.rows, release)
  return { house, anna, store, phrase, keeper, room, kept }
}

test('what changes is kept a while later, once for all that changed meanwhile', async () => {
  const { house, phrase, keeper, room, kept, store } = await begin()
  expect(store.rows.size).toBe(0)
  await house.clock.advance(screenLimits.keepAfterMs)
  expect(kept()?.home.phrase).toBe('notYet')
  expect(kept()?.rooms.size).toBe(0)
  phrase.set('kept')
  const timeline = keeper.hearth.openTimeline(room)
  await house.clock.settle()
  for (let count = 0; count < screenLimits.items + 10; count += 1) timeline.send(`Message ${count}`)
  await house.clock.advance(screenLimits.keepAfterMs)
  expect(kept()?.home.phrase).toBe('kept')
  const items = kept()?.rooms.get(room)?.items ?? []
  expect(items).toHaveLength(screenLimits.items)
  expect(items.at(-1)).toMatchObject({ text: `Message ${screenLimits.items + 9}` })
  expect(kept()?.rooms.get(room)?.hasOlder).toBe(true)
})

test('P5: what is not on the disk is not kept as shown', async () => {
  const { keeper, room, house, kept } = await begin()
  const timeline = keeper.hearth.openTimeline(room)
  await house.clock.settle()
  timeline.send('On its way')
  expect(timeline.view.get().items.at(-1)).toMatchObject({ delivery: { status: 'saving' } })
  await keeper.keepNow()
  const texts = kept()
    ?.rooms.get(room)
    ?.items.flatMap((item) => (item.type === 'message' ? [item.text] : []))
  expect(texts).toEqual([])
})

test('a closed screen keeps nothing more', async () => {
  const { house, phrase, keeper, store } = await begin()
  await keeper.keepNow()
  const [before] = store.rows.values()
  keeper.close()
  phrase.set('kept')
  await house.clock.advance(screenLimits.keepAfterMs * 2)
  expect([...store.rows.values()][0]).toBe(before)
})
