import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anna, bob, mia } from '../../core/testing/fake-family.ts'
import { parseText } from './parse-text.ts'
import { allTokens, describeBlocks } from './testing/describe-text.ts'
import type { Block, Inline } from './tokens.ts'

const show = (text: string) => describeBlocks(parseText(text))

describe('within a line', () => {
  test.each([
    ['plain', '[plain]'],
    [
      '**bold** and *italic* and ~~gone~~',
      '[<bold>bold</bold> and <italic>italic</italic> and <strike>gone</strike>]',
    ],
    ['__bold__ and _italic_', '[<bold>bold</bold> and <italic>italic</italic>]'],
    ['***both***', '[<bold><italic>both</italic></bold>]'],
    ['**bold *and italic***', '[<bold>bold <italic>and italic</italic></bold>]'],
    ['||hidden **well**||', '[<spoiler>hidden <bold>well</bold></spoiler>]'],
    ['`code **not bold**`', '[<code>code **not bold**</code>]'],
    ['``a ` b``', '[<code>a ` b</code>]'],
    ['a ` alone', '[a ` alone]'],
    ['2*3*4 and snake_case_name', '[2*3*4 and snake_case_name]'],
    ['2 * 3 * 4', '[2 * 3 * 4]'],
    ['这是**粗**体', '[这是<bold>粗</bold>体]'],
    ['¯\\_(ツ)_/¯', '[¯\\_(ツ)_/¯]'],
    ['*a and *b*', '[*a and <italic>b</italic>]'],
    ['*a **b* c**', '[<italic>a **b</italic> c**]'],
    ['**never closed', '[**never closed]'],
    ['**** ** || |||| ~~~~', '[**** ** || |||| ~~~~]'],
    ['a || b || c', '[a || b || c]'],
    ['**https://a.example/b_c**', '[<bold><link>https://a.example/b_c</link></bold>]'],
    ['https://a.example/*x*y', '[<link>https://a.example/*x*y</link>]'],
    ['`https://a.example`', '[<code>https://a.example</code>]'],
    ['mailto:anna@example.org', '[<link>mailto:anna@example.org</link>]'],
    ['*two\nlines*', '[<italic>two\nlines</italic>]'],
  ])('%j', (text, expected) => expect(show(text)).toBe(expected))
})

describe('lines of their own', () => {
  test.each([
    ['one\ntwo', '[one\ntwo]'],
    ['one\n\n\ntwo', '[one] [two]'],
    ['- a\n- *b*\nafter', 'list(-: a; -: <italic>b</italic>) [after]'],
    ['3. a\n3) b', 'list(3: a; 3: b)'],
    ['24. Dezember', 'list(24: Dezember)'],
    ['-no list', '[-no list]'],
    ['1.5 litres', '[1.5 litres]'],
    ['> said\n> *so*\nyes', 'quote([said\n<italic>so</italic>]) [yes]'],
    ['> > deep\n> less', 'quote(quote([deep]) [less])'],
    ['>>>>>> x', 'quote(quote(quote(quote([>> x]))))'],
    ['> - a\n> - b', 'quote(list(-: a; -: b))'],
    ['```ts\nconst a = **b**\n\n> c\n```\nafter', 'code(const a = **b**\n\n> c) [after]'],
    ['```\nnever closed', 'code(never closed)'],
    ['```inline``` code', '[<code>inline</code> code]'],
  ])('%j', (text, expected) => expect(show(text)).toBe(expected))
})

describe('ux 19: mentions', () => {
  const at = (text: string, name: string, person = bob) => ({
    start: text.indexOf(name),
    length: name.length,
    person,
  })

  test('within anything, and moved with the lines that they stand in', () => {
    const text = 'first @Bob\n> **hi @Mia Lindqvist**, `@Anna`'
    const mentions = [at(text, '@Bob'), at(text, '@Mia Lindqvist', mia), at(text, '@Anna', anna)]
    expect(describeBlocks(parseText(text, mentions))).toBe(
      '[first <mention>@Bob</mention>] quote([<bold>hi <mention>@Mia Lindqvist</mention></bold>, <code>@Anna</code>])',
    )
  })

  test('whom one named counts more than an address', () => {
    const text = 'https://a.example/@Bob'
    expect(describeBlocks(parseText(text, [at(text, '@Bob')]))).toBe(
      '[https://a.example/<mention>@Bob</mention>]',
    )
  })

  test('a name that looks like Markdown is a name', () => {
    const text = 'hi @*Bob* you'
    expect(describeBlocks(parseText(text, [at(text, '@*Bob*')]))).toBe('[hi <mention>@*Bob*</mention> you]')
  })

  test('those that do not fit are none', () => {
    const spans = [
      [-1, 3],
      [0, 0],
      [0, 99],
      [1.5, 2],
      [Number.NaN, 1],
      [2, 4],
    ] as const
    const mentions = spans.map(([start, length]) => ({ start, length, person: bob }))
    expect(describeBlocks(parseText('a\nb\nc', mentions))).toBe('[a\nb\nc]')
  })
})

const marksOnly = /^[*_~|`>\-+•#\d.)\s\w]*$/u
const hostile = fc.constantFrom(
  ...[
    '*',
    '**',
    '***',
    '_',
    '__',
    '~~',
    '||',
    '`',
    '```',
    '> ',
    '- ',
    '1. ',
    '\n',
    '\n\n',
    ' ',
    '\\',
    'a',
    'é',
    '🎂',
    '\ud83c',
  ],
  ...['https://a.example/', ')', '(', '@Bob', 'javascript:', '\u202e', '\0'],
)
const anyText = fc.oneof(
  fc.array(hostile, { maxLength: 80 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }),
)
const anyMentions = fc.array(
  fc.record({
    start: fc.integer({ min: -2, max: 90 }),
    length: fc.integer({ min: -1, max: 12 }),
    person: fc.constant(bob),
  }),
)

const depthOf = (blocks: readonly Block[]): number => {
  const within = (tokens: readonly Inline[]): number =>
    Math.max(0, ...tokens.map((token) => ('children' in token ? 1 + within(token.children) : 0)))
  return Math.max(
    0,
    ...blocks.map((block) => {
      if (block.type === 'quote') return 1 + depthOf(block.blocks)
      if (block.type === 'paragraph') return within(block.children)
      return block.type === 'list' ? Math.max(...block.items.map(({ children }) => within(children))) : 0
    }),
  )
}

describe('any text at all', () => {
  test('nothing is thrown, nothing is added, and only marks are left out', () => {
    fc.assert(
      fc.property(anyText, anyMentions, (text, mentions) => {
        const tokens = allTokens(parseText(text, mentions))
        let at = 0
        for (const token of tokens) {
          if ('children' in token) continue
          for (const line of token.text.split('\n')) {
            const found = text.indexOf(line, at)
            expect(found, `${JSON.stringify(line)} in order`).toBeGreaterThanOrEqual(0)
            expect(text.slice(at, found)).toMatch(marksOnly)
            at = found + line.length
          }
        }
        expect(text.slice(at)).toMatch(marksOnly)
      }),
      { numRuns: 1000 },
    )
  })

  test('a text without marks is one paragraph of itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zäßж 🎂,;!?]+$/u), (text) => {
        if (text.trim() === '') return
        expect(parseText(text)).toEqual([{ type: 'paragraph', children: [{ type: 'text', text }] }])
      }),
    )
  })

  test('nesting is limited', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(depthOf(parseText(text))).toBeLessThanOrEqual(10)
      }),
      { numRuns: 500 },
    )
    expect(depthOf(parseText('> '.repeat(8000) + 'x'))).toBe(4)
  })
})

describe('the work grows with the text and not faster', () => {
  const stepsFor = (text: string) => {
    let steps = 0
    parseText(text, [], () => void (steps += 1))
    return steps
  }
  test.each([
    '*',
    '**a',
    '*a ',
    '_a *b ',
    '**a *b ~~c ||d ',
    '||a',
    '`',
    '` ``',
    '`a ``b ```c ',
    '> ',
    '>\n',
    '> > a\n',
    '- a\n',
    '1. *a\n',
    '```\n',
    '\n',
    '***a',
    'a***',
    '*a **b _c __d ~~e ||f* ',
    'https://a.example/) ',
    '\\*',
    '(',
    ')',
    '~~a~~',
    '🎂*',
    ' *a* _b_',
  ])('%j, again and again', (piece) => {
    const small = piece.repeat(Math.ceil(2000 / piece.length))
    const large = piece.repeat(Math.ceil(16_000 / piece.length))
    expect(stepsFor(large)).toBeLessThanOrEqual(12 * large.length + 100)
    expect(stepsFor(large)).toBeLessThanOrEqual(10 * stepsFor(small) + 100)
  })
})
