import { existsSync } from 'node:fs'
import { test } from '../fixtures/family.ts'
import { expectNothingLost, tortureDurability } from '../torture/durability.ts'

test.skip(!existsSync('/proc/self/stat'), 'the processes of a browser are found in /proc')
// Browsers that are started again and again take a busy machine its time.
test.beforeEach(() => test.slow())

test('P5: in Chromium, what is shown as kept is there after any kill, once and in order', async ({
  family,
}) => {
  expectNothingLost(await tortureDurability(family, { browser: 'chromium', messages: 100, seed: 11 }))
})

test('P5: in Firefox, what is shown as kept is there after any kill, once and in order', async ({
  family,
}) => {
  expectNothingLost(await tortureDurability(family, { browser: 'firefox', messages: 75, seed: 23 }))
})

test('P5: what somebody else has read is there after any kill, before they bring it back', async ({
  family,
}) => {
  const options = { browser: 'chromium', isReadAlong: true, messages: 25, seed: 37 } as const
  expectNothingLost(await tortureDurability(family, options))
})
