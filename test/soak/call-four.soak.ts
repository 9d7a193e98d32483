import { callOfFour, expectFreed, expectSteady } from '../fixtures/call-load.ts'
import { test } from '../fixtures/family.ts'
import { scaled } from './scaled.ts'

const mebibyte = 1024 * 1024

test('C3, C4: four people talk for ten minutes, and nothing grows', async ({ family }) => {
  const four = await callOfFour(family)
  const minute = scaled(60_000)
  // It came to 0.3 MiB at most, and to 0.1 at the end; the rest is for the engine's own tables and a busy machine.
  await expectSteady(four, { firstMs: minute, rounds: 9, roundMs: minute, mostGrownBytes: 3 * mebibyte })
  await expectFreed(four)
})
