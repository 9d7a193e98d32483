import { expect, test } from '../fixtures/family.ts'
import { documentClaims, documentRefusals } from '../hostile/document-attacks.ts'
import { eraseTitle, forkTitle, futureTitle, removedAttacks } from '../hostile/feed-attacks.ts'
import { frameAttacks } from '../hostile/frame-attacks.ts'
import { turnHostile, withHostileFamily } from '../hostile/hostile-family.ts'
import { measureFlood } from '../hostile/measure-flood.ts'
import { pageAttacks } from '../hostile/page-attacks.ts'
import { wireAttacks } from '../hostile/wire-attacks.ts'

/** In every pair of browsers. */
const tag = ['@firefox']

test('P2, P3, E1: nothing of a hostile member gets into the pages', { tag }, async ({ family }) => {
  test.slow()
  await withHostileFamily(family, ({ suffer }) => suffer(pageAttacks))
})

test('E6, P3: what is too much or claims to be more is refused whole', { tag }, async ({ family }) => {
  test.slow()
  await withHostileFamily(family, ({ suffer }) => suffer(frameAttacks))
})

test('L7: what no Hearth sends ends the Link, and a new one comes', { tag }, async ({ family }) => {
  test.slow()
  await withHostileFamily(family, ({ suffer }) => suffer(wireAttacks))
})

test('G2, G3: whatever she says of members and keys changes neither', { tag }, async ({ family }) => {
  test.slow()
  await withHostileFamily(family, async ({ suffer, sufferClaims }) => {
    await suffer(documentRefusals)
    await sufferClaims(documentClaims)
  })
})

test(
  'G6, P4, P6: the removed, erasing for others, and two entries for one place',
  { tag },
  async ({ family }) => {
    test.slow()
    await withHostileFamily(family, async ({ anna, mallory, site, suffer, talk }) => {
      const carl = await family.person('Carl')
      await carl.screen.say('Said by Carl')
      await expect(anna.screen.message('Said by Carl')).toBeVisible()
      const carls = await turnHostile(carl, family, site)
      await mallory('takeOver', await carls('deviceSeed'))
      await carl.screen.page.goto('about:blank')
      await anna.screen.openMember('Carl')
      await anna.screen.button('Remove from the family').click()
      await anna.screen.page
        .getByRole('dialog')
        .last()
        .getByRole('button', { name: /^Remove/ })
        .click()
      await expect(anna.screen.person('Carl')).toBeHidden()
      await anna.screen.closeWindows()
      // Once all have heard that he is out, and what still counts.
      await expect.poll(() => mallory('isSomebodyCut')).toBe(true)
      await talk() // and under new keys, so that nobody makes any meanwhile
      await suffer(removedAttacks)

      await anna.screen.openRoom('garden')
      await mallory('attack', eraseTitle)
      await mallory('attack', futureTitle)
      await expect(anna.screen.message('of next year', 'garden')).toBeVisible()
      await expect(anna.screen.message('Said in the garden', 'garden')).toBeVisible()
      await anna.screen.say('Said after that')
      await expect(anna.screen.message('Said after that', 'garden')).toBeVisible()
      const said = ['Said in the garden', 'of next year', 'Said after that']
      expect(await anna.screen.order(said, 'garden')).toEqual(said)

      await mallory('attack', forkTitle)
      await anna.screen.openSettings('What was refused')
      await expect(anna.screen.page.getByText('It wrote two different messages in one place')).toBeVisible()
      await anna.screen.closeWindows()
      const ways = anna.screen.log('garden').getByText(/^(one way|the other way)$/)
      await expect(ways).toHaveCount(1)
      await anna.screen.openRoom('general')
      await talk()
    })
  },
)

test('P3, L5: a flood of bad frames leaves nothing behind', { tag }, async ({ family }) => {
  test.slow()
  await withHostileFamily(family, async (scene) => {
    const measured = await measureFlood(scene, {
      frames: 20_000,
      kinds: ['pending', 'refused'],
      stretches: 2,
    })
    const { grownBytes, longestTaskMs, longestPauseMs, isUnchanged } = measured
    // A fiftieth of the million of `npm run soak -- hostile-frames`, with room for noise.
    expect(grownBytes).toBeLessThan(5 * 1024 * 1024)
    expect(isUnchanged).toBe(true)
    await scene.talk()
    const description = `${grownBytes} bytes more; longest task ${longestTaskMs} ms, pause ${longestPauseMs} ms`
    test.info().annotations.push({ type: '20,000 bad frames', description })
  })
})
