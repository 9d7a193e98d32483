import { defineConfig } from '@playwright/test'
import type { Pairing } from './test/fixtures/family.ts'

const isCi = process.env.CI === 'true'

/** A journey tagged so says the same in every pair of browsers, and runs in one. */
const oncePattern = /@once/

export default defineConfig<{ pairing: Pairing }>({
  testDir: 'test',
  outputDir: 'test/output/traces',
  // Two browsers and a server a test: more would only wait for one another.
  workers: 2,
  fullyParallel: true,
  forbidOnly: isCi,
  retries: 0,
  // Ends of patience for a busy machine; nothing waits for them.
  timeout: 90_000,
  globalTimeout: isCi ? 75 * 60_000 : 0,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test/output/journeys.json' }]],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    viewport: { width: 1280, height: 800 },
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true, sources: false },
    actionTimeout: 15_000,
  },
  projects: [
    {
      name: 'two Chromiums',
      testDir: 'test/journeys',
      use: { pairing: ['chromium', 'chromium'] },
    },
    {
      name: 'Chromium and Firefox',
      testDir: 'test/journeys',
      grepInvert: oncePattern,
      timeout: 120_000,
      use: { pairing: ['chromium', 'firefox'] },
    },
    {
      name: 'two Firefoxes',
      testDir: 'test/journeys',
      grep: /@firefox/,
      use: { pairing: ['firefox', 'firefox'] },
    },
    {
      name: 'network lab',
      testDir: 'test/lab',
      fullyParallel: false,
      timeout: 120_000,
      use: { pairing: ['chromium', 'chromium'] },
    },
  ],
})
