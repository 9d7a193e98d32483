import { callOfFour, expectFreed, expectSteady, measureCall } from '../fixtures/call-load.ts'
import { callOf } from '../fixtures/calls.ts'
import { areTogether, expect, test } from '../fixtures/family.ts'

const mebibyte = 1024 * 1024

/** Chromium's own tool tells what a page holds. */
const tag = ['@once']

test(
  'C3, C4: four people talk and nothing grows, and who leaves keeps nothing',
  { tag: [...tag, '@alone'] },
  async ({ family }) => {
    test.slow()
    const four = await callOfFour(family)
    // It came to 0.3 MiB on a busy machine. The long form: npm run soak -- call-four
    await expectSteady(four, { firstMs: 10_000, rounds: 4, roundMs: 10_000, mostGrownBytes: 1.5 * mebibyte })
    await expectFreed(four)
  },
)

test('one call after another leaves nothing behind but its line in the room', { tag }, async ({ family }) => {
  test.slow()
  const [anna, bob] = [await family.person('Anna'), await family.person('Bob')]
  await areTogether(anna, bob)
  const [annaCall, bobCall] = [callOf(anna), callOf(bob)]
  const talk = async () => {
    await annaCall.place('sound')
    await bobCall.button('Accept').click()
    await annaCall.hears(1)
    await annaCall.leave()
    await bobCall.leave()
    await expect(annaCall.button('Call')).toBeEnabled()
  }
  await talk()
  const first = await measureCall(anna.screen.page)
  for (let count = 0; count < 3; count++) await talk()
  // A window that stayed would be some 290 nodes and 18 listeners each time; a line in the room is about twenty.
  const grown = async () => {
    const { nodes, listeners } = await measureCall(anna.screen.page)
    return { nodes: nodes - first.nodes, listeners: listeners - first.listeners }
  }
  // What has gone is let go of in the browser's own time.
  await expect.poll(async () => (await grown()).nodes).toBeLessThan(200)
  await expect.poll(async () => (await grown()).listeners).toBeLessThan(30)
})
