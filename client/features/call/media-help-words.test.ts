import { expect, test } from 'vitest'
import { mediaHelp } from './media-help-words.ts'
import { browserOf } from './which-browser.ts'

const agents = {
  chromeOnWindows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  firefoxOnLinux: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
  firefoxOnAndroid: 'Mozilla/5.0 (Android 14; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0',
  chromeOnAndroid:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  safariOnMac:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
  safariOnPhone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  chromeOnPhone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1',
} as const

test('ux 32: each browser is told by its name for itself', () => {
  const told = Object.values(agents).map((agent) => {
    const { name, system } = browserOf(agent, 0)
    return `${name} ${system}`
  })
  expect(told).toEqual([
    'chrome desktop',
    'edge desktop',
    'firefox desktop',
    'firefox android',
    'chrome android',
    'safari desktop',
    'safari ios',
    'chrome ios',
  ])
})

test('ux 32: a tablet that says it is a Mac is told by its fingers', () => {
  expect(browserOf(agents.safariOnMac, 5).system).toBe('ios')
})

test('ux 32: every browser has steps of its own for a denied permission, which name what is denied', () => {
  const steps = Object.values(agents).map((agent) =>
    mediaHelp('microphone', 'denied', browserOf(agent, 0)).steps.join(' '),
  )
  for (const words of steps) expect(words).toMatch(/microphone/i)
  expect(new Set(steps).size).toBeGreaterThanOrEqual(6)
  const camera = mediaHelp('camera', 'denied', browserOf(agents.chromeOnAndroid, 0))
  expect(camera.title + camera.steps.join(' ')).not.toMatch(/microphone/i)
})

test('ux 32: an insecure page says why, and where the way out is described', () => {
  const words = mediaHelp('camera', 'insecure', browserOf(agents.firefoxOnLinux, 0))
  expect(words.link).toBe('/trust')
  expect(words.steps.join(' ')).toContain('secure connection')
})

test('ux 32: what is missing or taken is said as such', () => {
  const browser = browserOf(agents.edge, 0)
  expect(mediaHelp('microphone', 'missing', browser).title).toBe('No microphone was found')
  expect(mediaHelp('camera', 'inUse', browser).title).toBe('Another program has the camera')
  expect(mediaHelp('camera', 'aborted', browser).steps).toHaveLength(1)
})
