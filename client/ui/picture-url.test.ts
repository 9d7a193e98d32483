import { expect, test } from 'vitest'
import { createPictureUrls } from './picture-url.ts'

test('a picture has one address however often it is shown, revoked with the last that shows it', () => {
  const alive = new Set<string>()
  let made = 0
  const urls = createPictureUrls({
    createObjectURL: () => {
      const url = `blob:${++made}`
      alive.add(url)
      return url
    },
    revokeObjectURL: (url) => alive.delete(url),
  })
  const anna = new Uint8Array([1])
  const bob = new Uint8Array([1])
  const first = urls.take(anna)
  expect(urls.take(anna)).toBe(first)
  expect(urls.take(bob)).not.toBe(first)
  expect(alive.size).toBe(2)
  urls.giveBack(anna)
  expect(alive.has(first)).toBe(true)
  urls.giveBack(anna)
  urls.giveBack(anna)
  expect(alive.has(first)).toBe(false)
  expect(alive.size).toBe(1)
  expect(urls.take(anna)).not.toBe(first)
})
