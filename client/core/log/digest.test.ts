import { expect, test } from 'vitest'
import { digestPage } from './digest.ts'

const standing = (feed: number, length: number) => ({ feed, length, isFrozen: false })

test('G6, Y2: a page is the same with entries of which nothing counts and without them', async () => {
  const cut = await digestPage([standing(1, 3), standing(2, 0)])
  expect(cut).toEqual(await digestPage([standing(1, 3)]))
  expect(cut).not.toEqual(await digestPage([standing(1, 3), standing(2, 1)]))
  // A feed that is forked in its first entry is told of, though nothing of it stays.
  expect(await digestPage([{ ...standing(2, 0), isFrozen: true }])).not.toEqual(await digestPage([]))
})
