import { expect, test } from 'vitest'
import { createHousehold } from './testing/household.ts'

test('a long history opens at its newest end and goes back on demand', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  for (let i = 0; i < 120; i++) anna.say(`message ${i}`)
  await house.clock.advance(100)
  const again = await anna.restart()
  const timeline = again.hearth.openTimeline(again.hearth.family.general)
  await house.clock.settle()
  const texts = () =>
    timeline.view.get().items.flatMap((item) => (item.type === 'message' ? [item.text] : []))
  expect(texts()).toEqual(Array.from({ length: 50 }, (_, i) => `message ${i + 70}`))
  expect(timeline.view.get().hasOlder).toBe(true)
  await Promise.all([timeline.loadOlder(), timeline.loadOlder()])
  await timeline.loadOlder()
  expect(texts()).toEqual(Array.from({ length: 120 }, (_, i) => `message ${i}`))
  expect(timeline.view.get().hasOlder).toBe(false)
})

test('Y5: of a long history that comes to a new device its end is in view, and the rest on demand; nothing goes that is being read', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  for (let i = 0; i < 600; i++) anna.say(`message ${i}`)
  await house.clock.advance(100)
  const bob = await house.move('Bob')
  const timeline = bob.hearth.openTimeline(bob.hearth.family.general)
  await house.clock.settle()
  let most = 0
  timeline.view.subscribe(({ items }) => (most = Math.max(most, items.length)))
  await house.connect(anna, bob)
  await house.clock.advance(5_000)
  const texts = () =>
    timeline.view.get().items.flatMap((item) => (item.type === 'message' ? [item.text] : []))
  expect(texts().at(-1)).toBe('message 599')
  expect(most).toBeLessThanOrEqual(210)
  expect(timeline.view.get().hasOlder).toBe(true)

  timeline.follow(false)
  for (let turn = 0; turn < 20; turn++) await timeline.loadOlder()
  expect(texts()).toEqual(Array.from({ length: 600 }, (_, i) => `message ${i}`))
  anna.say('while somebody reads')
  await house.clock.advance(100)
  expect(texts()).toHaveLength(601)
  timeline.follow(true)
  expect(texts().at(-1)).toBe('while somebody reads')
  expect(timeline.view.get().items.length).toBeLessThan(100)
})

test('ux 8: a room that one comes back to is there at once, unless something has been said in it meanwhile', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  for (let i = 0; i < 120; i++) anna.say(`message ${i}`)
  await house.clock.advance(100)
  const open = () => anna.hearth.openTimeline(anna.hearth.family.general)
  const newestOf = ({ view }: ReturnType<typeof open>) => {
    const item = view.get().items.at(-1)
    return item?.type === 'message' ? item.text : undefined
  }

  const first = open()
  expect(first.view.get()).toMatchObject({ status: 'loading', items: [] })
  await house.clock.settle()
  await first.loadOlder()
  const shown = first.view.get().items
  first.close()
  const second = open()
  expect(second.view.get()).toMatchObject({ status: 'loading', items: shown.slice(-50), hasOlder: true })
  await house.clock.settle()
  expect(second.view.get().status).toBe('ready')
  // The same objects: nothing is drawn anew.
  expect(second.view.get().items.at(-1)).toBe(shown.at(-1))

  second.send('on its way')
  expect(newestOf(second)).toBe('on its way')
  second.close()
  // What was not kept yet is said by its own list, once.
  expect(
    open()
      .view.get()
      .items.filter((item) => item.type === 'message' && item.text === 'on its way'),
  ).toHaveLength(1)
  await house.clock.advance(100)
  const third = open()
  expect(third.view.get()).toMatchObject({ status: 'loading', items: [] })
  await house.clock.settle()
  expect(newestOf(third)).toBe('on its way')
})

test('ux 8: a room that was prepared is there at once; one with something to read is not, since one is led there', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  const bob = await house.move('Bob')
  for (let i = 0; i < 60; i++) anna.say(`message ${i}`)
  await house.clock.advance(100)
  const viewOf = ({ hearth }: typeof anna) => hearth.openTimeline(hearth.family.general).view
  await anna.hearth.prepareRoom(anna.hearth.family.general)
  expect(viewOf(anna).get()).toMatchObject({ status: 'loading', hasOlder: true })
  expect(viewOf(anna).get().items).toHaveLength(50)

  await bob.hearth.whenShown()
  await house.connect(anna, bob)
  await house.clock.advance(5_000)
  expect(bob.hearth.unread.get().has(bob.hearth.family.general)).toBe(true)
  await bob.hearth.prepareRoom(bob.hearth.family.general)
  expect(viewOf(bob).get().items).toEqual([])
})

test('Y5: history that comes slice by slice is shown together, what is said at once', async () => {
  const house = createHousehold()
  const anna = await house.move('Anna')
  for (let i = 0; i < 600; i++) anna.say(`message ${i} ${'and so on '.repeat(20)}`)
  await house.clock.advance(100)
  const bob = await house.move('Bob')
  const timeline = bob.hearth.openTimeline(bob.hearth.family.general)
  await house.clock.settle()
  let slices = 0
  bob.hearth.logs.onArrival(({ entries }) => (slices += Number(entries.length > 10)))
  const views = new Set<string>()
  const newest = () => {
    const item = timeline.view.get().items.findLast(({ type }) => type === 'message')
    return item?.type === 'message' ? item.text : ''
  }
  timeline.view.subscribe(() => views.add(newest()))
  await house.connect(anna, bob)
  await house.clock.advance(5_000)
  expect(newest()).toContain('message 599')
  expect(slices).toBeGreaterThan(4)
  expect(views.size).toBeLessThan(slices)

  anna.say('just now')
  await house.clock.advance(50)
  expect(newest()).toBe('just now')
})

test('ux 8: a room looks empty to a new device only once it has what the others have', async () => {
  const house = createHousehold({ messagesPerPage: 50 })
  const anna = await house.move('Anna')
  for (let i = 0; i < 200; i++) anna.say(`message ${i}`)
  await house.clock.advance(100)
  const bob = await house.move('Bob')
  const { isHistoryComing } = bob.hearth
  await house.clock.settle()
  // Nobody is there to ask.
  expect(isHistoryComing.get()).toBe(false)

  const countHeld = () => [...bob.hearth.logs.lengths().values()].reduce((sum, pages) => sum + pages.size, 0)
  const told: { isComing: boolean; held: number }[] = []
  isHistoryComing.subscribe((isComing) => told.push({ isComing, held: countHeld() }))
  await house.connect(anna, bob)
  await house.clock.advance(5_000)
  expect(countHeld()).toBeGreaterThan(3)
  expect(told).toEqual([
    { isComing: true, held: expect.any(Number) as number },
    { isComing: false, held: countHeld() },
  ])
})

test('ux 8: nothing was said in a family where nobody has said anything', async () => {
  const house = createHousehold()
  const [anna, bob] = [await house.move('Anna'), await house.move('Bob')]
  await house.connect(anna, bob)
  await house.clock.advance(100)
  expect([anna.hearth.isHistoryComing.get(), bob.hearth.isHistoryComing.get()]).toEqual([false, false])
})
