import { expect, test } from 'vitest'
import { fakeDeviceId } from '../../core/testing/fake-family.ts'
import { layOutStage, maxGridTiles, type StageOptions } from './stage-layout.ts'

const [bob, mia, tom] = [fakeDeviceId('bob'), fakeDeviceId('mia'), fakeDeviceId('tom')]
const lay = (devices: readonly string[], more: Partial<StageOptions> = {}) => {
  const others = devices.map((name) => ({ device: fakeDeviceId(name), hasScreen: false }))
  const { main, strip, floatsOwn } = layOutStage({
    others,
    mode: 'grid',
    pinned: undefined,
    speaker: undefined,
    ...more,
  })
  return { main: main.map(({ key }) => key), strip: strip.map(({ key }) => key), floatsOwn }
}

test('ux 29: alone one sees oneself', () => {
  expect(lay([])).toEqual({ main: ['own'], strip: [], floatsOwn: false })
})

test('ux 29: of two, the other is large and one’s own view floats', () => {
  expect(lay(['bob'])).toEqual({ main: [bob], strip: [], floatsOwn: true })
})

test('ux 29: more are a grid, with oneself at the end', () => {
  expect(lay(['bob', 'mia'])).toEqual({ main: [bob, mia, 'own'], strip: [], floatsOwn: false })
})

test('ux 29: a grid has nine tiles at most', () => {
  const many = Array.from({ length: 14 }, (_, index) => `p${index}`)
  expect(lay(many).main).toHaveLength(maxGridTiles)
})

test('ux 29: whoever speaks is large, the others beside them', () => {
  const shown = lay(['bob', 'mia', 'tom'], { mode: 'speaker', speaker: mia })
  expect(shown).toEqual({ main: [mia], strip: [bob, tom], floatsOwn: true })
})

test('ux 29: before anybody has spoken the first is large', () => {
  expect(lay(['bob', 'mia'], { mode: 'speaker' }).main).toEqual([bob])
  expect(lay(['bob', 'mia'], { mode: 'speaker', speaker: tom }).main).toEqual([bob])
})

test('ux 29: whoever is pinned stays large, whoever speaks or shares', () => {
  const others = [
    { device: bob, hasScreen: true },
    { device: mia, hasScreen: false },
  ]
  const shown = lay([], { others, pinned: mia, speaker: bob })
  expect(shown).toEqual({ main: [mia], strip: [`screen ${bob}`, bob], floatsOwn: true })
})

test('a pinned one who left is pinned no more', () => {
  expect(lay(['bob', 'mia'], { pinned: tom }).main).toEqual([bob, mia, 'own'])
})

test('a shared screen is large in either view, and who shares it beside it', () => {
  for (const mode of ['grid', 'speaker'] as const)
    expect(lay([], { others: [{ device: bob, hasScreen: true }], mode })).toEqual({
      main: [`screen ${bob}`],
      strip: [bob],
      floatsOwn: true,
    })
})

test('one’s own view pinned floats no more', () => {
  expect(lay(['bob', 'mia'], { pinned: 'own' })).toEqual({
    main: ['own'],
    strip: [bob, mia],
    floatsOwn: false,
  })
})
