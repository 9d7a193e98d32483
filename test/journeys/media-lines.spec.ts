import { expect, test } from '../fixtures/family.ts'
import { bothWays, seeFirstFrame, type End } from '../media/media-pages.ts'

/** In every pair of browsers. */
const tag = ['@firefox']

const isMoving = async (end: End): Promise<void> => {
  const [frames, picture] = [await end.ask('framesNow', 'camera'), await end.ask('pictureNow', 'camera')]
  await expect.poll(() => end.ask('framesNow', 'camera')).toBeGreaterThan(frames + 5)
  await expect.poll(() => end.ask('pictureNow', 'camera')).not.toBe(picture)
}

const isHeard = (end: End): Promise<void> => expect.poll(() => end.ask('level', 'audio')).toBeGreaterThan(0)

test('C3: media starts and stops on lines agreed on once', { tag }, async ({ pairing, sharedBrowser }) => {
  await bothWays({ pairing, sharedBrowser }, async ({ anna, bert }) => {
    await bert.ask('prepare') // who may not offer asks for it
    await anna.ask('prepare')
    const agreed = await anna.ask('sdp')
    const took: number[] = []
    for (const [from, to] of [[anna, bert] as const, [bert, anna] as const]) {
      await to.ask('watch', 'audio')
      await from.ask('start', 'audio')
      took.push(await seeFirstFrame(from, to, 'camera'))
      await isMoving(to)
      await isHeard(to)
    }

    took.push(await seeFirstFrame(anna, bert, 'screen'))
    const sending = { isActive: true, maxBitrate: 300_000, scaleResolutionDownBy: 2, maxFramerate: 10 }
    await anna.ask('limit', 'screen', sending)
    await expect.poll(() => bert.ask('remoteKinds')).toEqual(['audio', 'camera', 'screen'])
    await anna.ask('chat') // and what is written still passes
    await anna.ask('stop', 'screen')
    await expect.poll(() => bert.ask('remoteKinds')).toEqual(['audio', 'camera'])
    const frames = await bert.ask('framesNow', 'screen')
    await anna.ask('start', 'screen')
    await expect.poll(() => bert.ask('framesNow', 'screen')).toBeGreaterThan(frames)
    await bert.ask('chat')

    expect(await anna.ask('sdp')).toBe(agreed)
    expect(await anna.ask('offersMade')).toBe(1)
    const [sent, received] = [await anna.ask('stats'), await bert.ask('stats')]
    expect(sent?.isRelayed).toBe(false)
    expect(sent?.rttMs).toBeDefined()
    expect(received?.framesDecoded).toBeGreaterThan(0)
    test.info().annotations.push({ type: 'first frame, ms', description: took.map(Math.round).join(' ') })
  })
})

test('L6: media and what is written go on through new ways', { tag }, async ({ pairing, sharedBrowser }) => {
  await bothWays({ pairing, sharedBrowser }, async ({ anna, bert }) => {
    await seeFirstFrame(anna, bert, 'camera')
    await seeFirstFrame(bert, anna, 'camera')
    const ways = async () => (await anna.ask('connectionState')).ufrag
    const goOnAfter = async (before: string | undefined) => {
      await expect.poll(ways).not.toBe(before)
      for (const end of [bert, anna]) await isMoving(end)
      await anna.ask('chat')
      expect(await anna.ask('connectionState')).toMatchObject({ isOpen: true, signaling: 'stable' })
    }

    const first = await ways()
    await anna.ask('changeNetwork')
    await goOnAfter(first)

    const second = await ways()
    await bert.ask('changeNetwork') // who may not offer asks for it
    await goOnAfter(second)

    const third = await ways()
    const offers = await anna.ask('offersMade')
    await anna.ask('loseServer', true)
    await anna.ask('changeNetwork')
    await expect.poll(() => anna.ask('offersMade')).toBeGreaterThan(offers)
    await anna.ask('loseServer', false)
    await anna.ask('skipTime', 5_000) // the offer that got lost is given up
    await anna.ask('changeNetwork')
    await goOnAfter(third)
  })
})

test(
  'C3, L6: lines and new ways asked for at once both come',
  { tag },
  async ({ pairing, sharedBrowser }) => {
    await bothWays({ pairing, sharedBrowser }, async ({ anna, bert }) => {
      const before = (await anna.ask('connectionState')).ufrag
      await anna.ask('prepareAmidNewWays')
      await anna.ask('prepare')
      await bert.ask('prepare')
      await expect.poll(async () => (await anna.ask('connectionState')).ufrag).not.toBe(before)
      await seeFirstFrame(anna, bert, 'camera')
      await seeFirstFrame(bert, anna, 'camera')
      for (const end of [bert, anna]) await isMoving(end)
      await bert.ask('chat')
    })
  },
)
