import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerFor } from './answer-for.ts'

const origin = 'https://hearth.lan:8443'
const known = { origin, parts: new Set(['/index.html', '/theme.js', '/assets/index-abc.js']) }
const answer = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
  answerFor({ method, mode, url: new URL(path, origin).href }, known)

test('ux 39: the app’s own addresses are answered from the device, with whatever stands behind the #', () => {
  for (const path of ['/', '/#invite/secret', '/share?text=Soup'])
    expect(answer(path, 'navigate')).toBe('page')
})

test('ux 39: so are its files, those of an earlier Hearth included', () => {
  for (const path of ['/theme.js', '/assets/index-abc.js', '/assets/old-xyz.css'])
    expect(answer(path)).toBe('part')
})

test('the server’s own pages, its API and unknown addresses are left alone', () => {
  for (const path of ['/trust', '/api/health', '/somewhere', '/assets/index-abc.js'])
    expect(answer(path, 'navigate')).toBe('network')
  for (const path of ['/api/session', '/service-worker.js', '/trust', '/theme.js?again', '/'])
    expect(answer(path)).toBe('network')
})

test('whether the server is there is asked of the server, and nothing that changes anything is answered here', () => {
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE'])
    for (const mode of ['cors', 'navigate'] as const) expect(answer('/', mode, method)).toBe('network')
})

test('nothing below /api and nothing of other sites is ever touched', () => {
  const modes = fc.constantFrom<RequestMode>('navigate', 'cors', 'no-cors', 'same-origin')
  fc.assert(
    fc.property(fc.webPath(), modes, (path, mode) => {
      expect(answer(`/api${path}`, mode)).toBe('network')
      expect(answerFor({ method: 'GET', mode, url: `https://elsewhere.example${path}` }, known)).toBe(
        'network',
      )
    }),
  )
})
