import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startAppearance } from './theme-apply.ts'
import { fakePage } from './testing/fake-page.ts'
import type { Hex } from './theme-maths.ts'
import { appearanceKey, encodeAppearance, lookOf, parseAppearance, plainAppearance } from './theme.ts'
import type { AppearanceChoice } from './theme.ts'

const script = readFileSync(new URL('../public/theme.js', import.meta.url), 'utf8')

const choices: fc.Arbitrary<AppearanceChoice> = fc.record({
  theme: fc.constantFrom('system', 'light', 'dark'),
  contrast: fc.constantFrom('system', 'more'),
  accent: fc.oneof(
    fc.constant('ember' as const),
    fc.integer({ min: 0, max: 0xffffff }).map((bits): Hex => `#${bits.toString(16).padStart(6, '0')}`),
  ),
  isSimple: fc.boolean(),
})
const systems = fc.record({ isDark: fc.boolean(), wantsMoreContrast: fc.boolean() })

test('what was chosen is read as it was kept', () => {
  fc.assert(
    fc.property(choices, (choice) => {
      expect(parseAppearance(encodeAppearance(choice))).toEqual(choice)
    }),
  )
})

test('whatever is in the store, a choice comes out of it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(['system', 'light', 'dark']).toContain(parseAppearance(text).theme)
    }),
  )
  const wrong = { theme: 'pink', contrast: 1, accent: 'url(//evil)', isSimple: 'yes' }
  expect(parseAppearance(JSON.stringify(wrong))).toEqual(plainAppearance)
  for (const text of [null, '', 'null', '[]', '7', '{'])
    expect(parseAppearance(text)).toEqual(plainAppearance)
})

test('ux 38: the device decides where the person did not', () => {
  const look = (choice: Partial<AppearanceChoice>, isDark: boolean, wantsMoreContrast = false) =>
    lookOf({ ...plainAppearance, ...choice }, { isDark, wantsMoreContrast })
  expect(look({}, true)).toBe('dark')
  expect(look({ theme: 'light' }, true)).toBe('light')
  expect(look({ theme: 'dark' }, false, true)).toBe('darkMore')
  expect(look({ contrast: 'more' }, false)).toBe('lightMore')
})

test('ux 38: the script before the first paint and the app paint the same', () => {
  fc.assert(
    fc.property(choices, systems, (choice, system) => {
      const kept = encodeAppearance(choice)
      const early = fakePage({ system, kept: { [appearanceKey]: kept } })
      runInContext(script, createContext({ ...early.tools, localStorage: early.tools.storage }))
      const late = fakePage({ system, kept: { [appearanceKey]: kept } })
      startAppearance(late.tools)
      expect(early.painted()).toEqual(late.painted())
    }),
  )
})

test('the script before the first paint survives whatever is in the store', () => {
  const garbage = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((colours) => `{"colours":{"light":${colours}}}`),
  )
  fc.assert(
    fc.property(garbage, systems, (text, system) => {
      const page = fakePage({ system, kept: { [appearanceKey]: text } })
      runInContext(script, createContext({ ...page.tools, localStorage: page.tools.storage }))
      expect(page.painted().tokens).toEqual({})
    }),
  )
  const forbidden = fakePage({ system: { isDark: true, wantsMoreContrast: false }, kept: {} })
  runInContext(script, createContext(forbidden.tools))
  expect(forbidden.painted().theme).toBe('dark')
})

test('ux 38: a choice is painted, kept and told; another tab’s is followed', () => {
  const page = fakePage({ system: { isDark: false, wantsMoreContrast: false }, kept: {} })
  const appearance = startAppearance(page.tools)
  const told: AppearanceChoice[] = []
  appearance.subscribe((choice) => told.push(choice))
  appearance.choose({ theme: 'dark', accent: '#2f62c4' })
  expect(page.painted()).toMatchObject({ theme: 'dark', themeColour: '#15110e', scheme: 'dark' })
  expect(Object.keys(page.painted().tokens)).toHaveLength(5)
  expect(parseAppearance(page.tools.storage.getItem(appearanceKey))).toEqual(told[0])

  appearance.choose({ accent: 'ember' })
  expect(page.painted().tokens).toEqual({})
  page.keepElsewhere(appearanceKey, encodeAppearance({ ...plainAppearance, isSimple: true }))
  expect(page.painted()).toMatchObject({ theme: 'light', isSimple: true })
  expect(told).toHaveLength(3)
})

test('ux 38: “as the device” follows the device while the page is open', () => {
  const page = fakePage({ system: { isDark: false, wantsMoreContrast: false }, kept: {} })
  startAppearance(page.tools)
  page.turn({ isDark: true, wantsMoreContrast: true })
  expect(page.painted()).toMatchObject({ theme: 'dark', hasMoreContrast: true, themeColour: '#000000' })
})
