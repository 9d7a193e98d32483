import { expect, test } from 'vitest'
import { createLoadPart } from './load-part.ts'

interface Weather {
  /** Whether the server answers, try by try; afterwards it does. */
  server?: boolean[]
  /** So often the part's files, or its styles, do not come. */
  lost?: number
  lostStyles?: number
  isKept?: boolean
}

const run = async ({ server = [], lost = 0, lostStyles = 0, isKept = false }: Weather) => {
  const seen = { waited: [] as number[], loads: 0, refused: 0 }
  const loadPart = createLoadPart({
    isKept: () => isKept,
    isServerThere: () => Promise.resolve(server.shift() ?? true),
    reviveStyles: () => (lostStyles-- > 0 ? Promise.reject(new Error('no styles')) : Promise.resolve()),
    wait: (ms) => (seen.waited.push(ms), Promise.resolve()),
  })
  const load = () => {
    seen.loads++
    return lost-- > 0 ? Promise.reject(new Error('lost')) : Promise.resolve('here')
  }
  const part = await loadPart(load, () => {
    seen.refused++
  })
  return { part, ...seen }
}

test('a part is not even asked for while the server is away, and comes when it is back', async () => {
  expect(await run({ server: [false, false, false, false, false, false, false] })).toEqual({
    part: 'here',
    waited: [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
    loads: 1,
    refused: 0,
  })
})

test('a server that goes away in the middle is no refusal', async () => {
  expect(await run({ server: [true, false], lost: 1 })).toMatchObject({ loads: 2, refused: 0 })
})

test('a part that does not come from a server that is there is reported, and tried on', async () => {
  expect(await run({ lost: 2 })).toMatchObject({ part: 'here', loads: 3, refused: 2 })
})

test('a part is not shown before its styles are here', async () => {
  expect(await run({ lostStyles: 2 })).toMatchObject({ loads: 1, refused: 2, waited: [1_000, 2_000] })
})

test('ux 39: a part that is kept on the device comes without the server', async () => {
  expect(await run({ isKept: true, server: [false] })).toMatchObject({ loads: 1, waited: [] })
})

test('a kept part that was lost is waited for like any other, and no reload is asked for while the server is away', async () => {
  expect(await run({ isKept: true, server: [false], lost: 1 })).toMatchObject({ loads: 2, refused: 0 })
})
