import { expect, test } from 'vitest'
import { policyOf } from './security-headers.ts'

const policyAt = (path: string): string => policyOf(path)['Content-Security-Policy'] ?? ''

test('ux 24: the worker that searches knows every message, and can reach nothing', () => {
  const policy = policyAt('/assets/search-worker-abc.js')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("connect-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain('wasm')
})

test('no other file gets a policy of its own by a name like a worker’s', () => {
  for (const path of [
    '/assets/search-workers.html',
    '/assets/x/search-worker-abc.js',
    '/search-worker.js',
    '/',
  ])
    expect(policyAt(path)).toBe('')
})
