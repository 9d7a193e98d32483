import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accentColours, grounds, type Look } from './theme-colours.ts'
import { contrastOf, hexOfOklch, oklchOf, parseHex, type Hex } from './theme-maths.ts'

const looks = Object.keys(grounds) as Look[]
const hex = fc.integer({ min: 0, max: 0xffffff }).map((bits): Hex => `#${bits.toString(16).padStart(6, '0')}`)

/** Every hue, vivid and dull, dark and bright. */
const everyAccent = function* () {
  for (let hue = 0; hue < 360; hue += 4)
    for (const chroma of [0, 0.06, 0.15, 0.37])
      for (const lightness of [0, 0.3, 0.6, 0.9, 1]) yield hexOfOklch({ lightness, chroma, hue })
}

/** The worst that is found for an accent, as a part of what it must be; 1 is just enough. */
const worstOf = (accent: Hex, look: Look): number => {
  const { paper, raised, sunken, pressed, ink, inkSoft, textContrast } = grounds[look]
  const colours = accentColours(accent, look)
  const wash = colours['ember-wash']
  const pairs: (readonly [Hex, Hex])[] = [
    ...[paper, raised, sunken, pressed, wash].map((under) => [colours.ember, under] as const),
    [colours['on-ember'], colours.ember],
    [colours['on-ember'], colours['ember-strong']],
    [ink, wash],
    [inkSoft, wash],
  ]
  return Math.min(...pairs.map(([one, other]) => contrastOf(one, other))) / textContrast
}

test.each(looks)('ux 36, 38: with whichever accent, text can be read: %s', (look) => {
  for (const accent of everyAccent()) expect(worstOf(accent, look), accent).toBeGreaterThanOrEqual(1)
  fc.assert(fc.property(hex, (accent) => worstOf(accent, look) >= 1))
})

test('ux 38: an accent keeps its hue where it has one', () => {
  for (const look of looks)
    for (const accent of everyAccent()) {
      const { chroma, hue } = oklchOf(accent)
      if (chroma < 0.05) continue
      const found = oklchOf(accentColours(accent, look).ember)
      if (found.chroma < 0.03) continue
      const turned = Math.abs(((found.hue - hue + 540) % 360) - 180)
      expect(turned, `${accent} ${look}`).toBeLessThan(12)
    }
})

test('colours come back from OKLCH as they were', () => {
  fc.assert(fc.property(hex, (colour) => hexOfOklch(oklchOf(colour)) === colour))
})

test('known colours: white, black, and the red of the CSS Color 4 examples', () => {
  expect(contrastOf('#ffffff', '#000000')).toBeCloseTo(21, 5)
  const red = oklchOf('#ff0000')
  expect(red.lightness).toBeCloseTo(0.628, 3)
  expect(red.chroma).toBeCloseTo(0.2577, 3)
  expect(red.hue).toBeCloseTo(29.23, 1)
})

test('what is no colour is none', () => {
  fc.assert(
    fc.property(
      fc.anything(),
      (thing) => parseHex(thing) === undefined || /^#[0-9a-f]{6}$/i.test(thing as string),
    ),
  )
  expect(parseHex('#AbCdEf')).toBe('#abcdef')
  for (const wrong of ['#abc', 'red', '#12345g', '#1234567', ' #123456'])
    expect(parseHex(wrong)).toBeUndefined()
})

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const blockOf = (selector: string): Record<string, string> => {
  const [, body = ''] = css.split(`\n${selector} {\n`)
  const found = [...(body.split('\n}')[0] ?? '').matchAll(/--([\w-]+): (.+);/g)]
  return Object.fromEntries(found.map((match): [string, string] => [match[1] ?? '', match[2] ?? '']))
}
const light = blockOf(':root')
const lightMore = { ...light, ...blockOf(':root[data-more-contrast]') }
const drawn: Record<Look, Record<string, string>> = {
  light,
  dark: { ...light, ...blockOf(":root[data-theme='dark']") },
  lightMore,
  darkMore: {
    ...lightMore,
    ...blockOf(":root[data-theme='dark'][data-more-contrast]"),
  },
}
const tokenOf = (look: Look, name: string): Hex => {
  const value = drawn[look][name] ?? ''
  const [, other] = /^var\(--([\w-]+)\)$/.exec(value) ?? []
  return other === undefined ? parseHex(value)! : tokenOf(look, other)
}

test.each(looks)('the papers and inks known here are those of tokens.css: %s', (look) => {
  const { paper, raised, sunken, pressed, ink, inkSoft } = grounds[look]
  const names = ['paper', 'paper-raised', 'paper-sunken', 'paper-pressed', 'ink', 'ink-soft']
  expect(names.map((name) => tokenOf(look, name))).toEqual([paper, raised, sunken, pressed, ink, inkSoft])
})

test.each(looks)('ux 36: what tokens.css draws can be read: %s', (look) => {
  const { textContrast } = grounds[look]
  const papers = ['paper', 'paper-raised', 'paper-sunken']
  const texts: [string, string[]][] = [
    ['ink', [...papers, 'paper-pressed', 'ember-wash', 'danger-wash', 'caution-wash']],
    ['ink-soft', [...papers, 'paper-pressed', 'ember-wash']],
    ['ember', [...papers, 'ember-wash']],
    ['on-ember', ['ember', 'ember-strong']],
    ['danger', [...papers, 'danger-wash']],
    ['caution-ink', ['caution-wash']],
  ]
  for (const [text, under] of texts)
    for (const ground of under)
      expect(
        contrastOf(tokenOf(look, text), tokenOf(look, ground)),
        `${text} on ${ground}`,
      ).toBeGreaterThanOrEqual(textContrast)
  for (const mark of ['here', 'fair', 'edge', 'ember'])
    for (const ground of papers)
      expect(
        contrastOf(tokenOf(look, mark), tokenOf(look, ground)),
        `${mark} on ${ground}`,
      ).toBeGreaterThanOrEqual(3)
})
