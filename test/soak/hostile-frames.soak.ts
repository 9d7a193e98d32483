import { expect, test } from '../fixtures/family.ts'
import { measureFlood } from '../hostile/measure-flood.ts'
import { withHostileFamily } from '../hostile/hostile-family.ts'
import { scaled } from './scaled.ts'

const mebibyte = 1024 * 1024
const limitBytes = 50 * mebibyte

test('P3, L5: a million bad frames leave nothing behind', async ({ family }) => {
  await withHostileFamily(family, async (scene) => {
    const measured = await measureFlood(scene, {
      frames: scaled(1_000_000),
      kinds: ['pending', 'refused'],
      stretches: 20,
      onStretch: ({ frames, grownBytes, perSecond, longestTaskMs, longestPauseMs }) =>
        console.log(
          `${frames} frames: ${(grownBytes / mebibyte).toFixed(2)} MiB more, ${Math.round(perSecond)} a second, ` +
            `longest task ${longestTaskMs} ms, longest pause ${longestPauseMs} ms`,
        ),
    })
    expect(measured.grownBytes).toBeLessThan(limitBytes)
    expect(measured.isUnchanged).toBe(true)
    await scene.talk()
  })
})
