import { test } from '../fixtures/family.ts'
import { expectNothingLost, tellTally, tortureDurability } from './durability.ts'

const seed = Number(process.env.TORTURE_SEED ?? '1')
const scenes = [
  { browser: 'chromium', isReadAlong: false, share: 0.4 },
  { browser: 'firefox', isReadAlong: false, share: 0.4 },
  { browser: 'chromium', isReadAlong: true, share: 0.1 },
  { browser: 'firefox', isReadAlong: true, share: 0.1 },
] as const

for (const { share, ...scene } of scenes) {
  const where = `in ${scene.browser}${scene.isReadAlong ? ', with somebody who reads along' : ''}`
  test(`P5: what is shown as kept is there after any kill, ${where}`, async ({ family }) => {
    const messages = Math.ceil(Number(process.env.TORTURE_MESSAGES ?? '2000') * share)
    const tally = await tortureDurability(family, { ...scene, messages, seed })
    console.log(`seed ${seed}, ${where}: ${tellTally(tally)}`)
    expectNothingLost(tally)
  })
}
