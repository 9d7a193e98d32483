import { expect, test } from 'vitest'
import type { Found, Search } from './core/search/search.ts'
import { createLaterSearch } from './later-search.ts'
import type { SearchPlace } from './start-search.ts'

type Hearth = Parameters<typeof createLaterSearch>[0]

const unavailable: Found = { type: 'unavailable' }
const found: Found = { type: 'found', messages: [], count: 0, isWhole: true }
const query = { words: 'lake', limit: 10 }
const signal = { aborted: false }

/** Searches that are begun one after the other, each with its answers; its last is also that to any later question. */
const setUp = (...searches: Found[][]) => {
  let begun = 0
  let ended = 0
  const places: SearchPlace[] = []
  const startSearch = (_hearth: unknown, _database: unknown, place: SearchPlace): Search => {
    places.push(place)
    const answers = [...searches[begun++]!]
    return {
      find: () => Promise.resolve(answers.length > 1 ? answers.shift()! : answers[0]!),
      close() {
        ended++
      },
    }
  }
  let loads = 0
  const load = () => {
    loads++
    return Promise.resolve({ startSearch })
  }
  const hearth = { whenShown: () => Promise.resolve() } as unknown as Hearth
  const search = createLaterSearch(hearth, undefined as never, load)
  return { search, places, counts: () => ({ loads, begun, ended }) }
}

test('ux 24: the code of the search is here before anybody asks, and nothing is read until then', async () => {
  const { search, counts } = setUp([found])
  await Promise.resolve()
  expect(counts()).toEqual({ loads: 1, begun: 0, ended: 0 })
  expect(await search.find(query, signal)).toBe(found)
  expect(await search.find(query, signal)).toBe(found)
  expect(counts()).toEqual({ loads: 1, begun: 1, ended: 0 })
})

test('ux 24: where no worker answers it is searched on the page', async () => {
  const { search, places, counts } = setUp([unavailable], [found])
  expect(await search.find(query, signal)).toBe(found)
  expect(places).toEqual(['worker', 'page'])
  expect(counts()).toEqual({ loads: 1, begun: 2, ended: 1 })
})

test('ux 24: a worker that has answered and ended is followed by another', async () => {
  const { search, places } = setUp([found, unavailable], [found])
  for (let times = 0; times < 2; times++) expect(await search.find(query, signal)).toBe(found)
  expect(places).toEqual(['worker', 'worker'])
})

test('ux 24: where a browser gives no search it is said, and tried again with the next question', async () => {
  const { search, counts } = setUp([unavailable], [unavailable], [found])
  expect(await search.find(query, signal)).toBe(unavailable)
  expect(await search.find(query, signal)).toBe(found)
  expect(counts()).toEqual({ loads: 1, begun: 3, ended: 2 })
})
