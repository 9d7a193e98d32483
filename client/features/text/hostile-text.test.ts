import { describe, expect, test } from 'vitest'
import { parseText } from './parse-text.ts'
import { allTokens } from './testing/describe-text.ts'

/** What has opened other chats: scripts, addresses that are programs, and addresses that are not what they say. */
const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<svg><script>alert&#40;1&#41;</script>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '<body onload=alert(1)>',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror="alert(1)">',
  '<style>@import "https://evil.example/x.css"</style>',
  '<link rel=stylesheet href=//evil.example>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
  '<base href=//evil.example/>',
  '<form action=javascript:alert(1)><button>x</button></form>',
  '<object data=javascript:alert(1)>',
  '<embed src=javascript:alert(1)>',
  '<template><img src=x onerror=alert(1)></template>',
  '</span><script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'-alert(1)-'",
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\u003cimg src=x onerror=alert(1)\u003e',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript://example.org/%0aalert(1)',
  'javascript&colon;alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://example.org/1',
  'filesystem:https://example.org/x',
  'about:blank',
  'view-source:https://example.org',
  '[x](javascript:alert(1))',
  '[x]( javascript:alert(1) "y")',
  '![x](https://evil.example/pixel.png)',
  '![x](x"onerror="alert(1))',
  '[x]: javascript:alert(1)',
  '<javascript:alert(1)>',
  '<https://evil.example" onclick="alert(1)>',
  'https://a.example/" onmouseover="alert(1)',
  "https://a.example/' onmouseover='alert(1)",
  'https://bank.example@evil.example/',
  'https://bank.example:443@evil.example/',
  'https://user:pass@evil.example',
  'https:javascript:alert(1)',
  'https://javascript:alert(1)',
  '**javascript:alert(1)**',
  '||<img src=x onerror=alert(1)>||',
  '`<img src=x onerror=alert(1)>`',
  '```\n<script>alert(1)</script>\n```',
  '> <script>alert(1)</script>',
  '- <img src=x onerror=alert(1)>',
  'mailto:a@b.example?bcc=evil@evil.example&body=x',
  'mailto:javascript:alert(1)',
  'mailto:a@b.example,c@d.example',
  'https://a.example/\u202egnp.exe',
  '@<img src=x onerror=alert(1)>',
  '/me <script>alert(1)</script>',
  '__proto__ **constructor** `toString`',
]

test('there are at least sixty', () => expect(payloads.length).toBeGreaterThanOrEqual(60))

test.each(payloads)('only text and honest addresses come of it: %j', (payload) => {
  const tokens = allTokens(parseText(payload))
  for (const token of tokens) {
    expect(['text', 'code', 'link', 'bold', 'italic', 'strike', 'spoiler']).toContain(token.type)
    if (token.type !== 'link') continue
    const url = new URL(token.href)
    expect(['http:', 'https:', 'mailto:']).toContain(url.protocol)
    expect(url.username + url.password).toBe('')
    expect(token.href).not.toMatch(/["'<>\s\u202e]|javascript/i)
  }
})

describe('an address that reads as one place and leads to another says so', () => {
  const realHost = (text: string) =>
    allTokens(parseText(text)).flatMap((token) => (token.type === 'link' ? [token.realHost] : []))

  test.each([
    ['https://аpple.com/login', 'xn--pple-43d.com'],
    ['https://bücher.example', 'xn--bcher-kva.example'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['https://ex%61mple.org/', 'example.org'],
    ['https://paypal。com/', 'paypal.com'],
    ['https://ｇoogle.com/', 'google.com'],
  ])('%s', (text, host) => expect(realHost(text)).toEqual([host]))

  test.each([
    'https://example.org/ü',
    'HTTPS://Example.ORG',
    'https://xn--pple-43d.com/',
    'mailto:a@b.example',
    'https://[2001:db8::1]/x',
  ])('and says nothing where it does not: %s', (text) => expect(realHost(text)).toEqual([undefined]))
})
