import { defineConfig } from '@playwright/test'
import type { Pairing } from './test/fixtures/family.ts'

const isCi = process.env.CI === 'true'

/** A journey tagged so says the same in every pair of browsers, and runs in one. */
const oncePattern = /@once/
/** All others run in the mixed pair, which has both browsers and what is between them; on request in two Chromiums as well. */
const runsEveryPair = process.env.HEARTH_EVERY_PAIR === 'true'

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
  globalTimeout: isCi ? 70 * 60_000 : 0,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: {
      pathTemplate: 'test/looks/{arg}{ext}',
      animations: 'disabled',
      caret: 'hide',
      scale: 'css',
      // Of two runs, up to 28 pixels differ, by less than an eye sees; an icon that is gone is more.
      threshold: 0.03,
      maxDiffPixels: 100,
    },
  },
  // A picture that is missing is a failure; only `npm run looks` makes any.
  updateSnapshots: 'none',
  reporter: [['list'], ['json', { outputFile: 'test/output/journeys.json' }]],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    viewport: { width: 1280, height: 800 },
    trace: { mode: isCi ? 'off' : 'retain-on-failure', screenshots: false, snapshots: true, sources: false },
    // Four Firefox and Chromium windows of a video call on two cores once let a click wait for more than 15 s.
    actionTimeout: 45_000,
  },
  projects: [
    {
      name: 'two Chromiums',
      testDir: 'test/journeys',
      ...(runsEveryPair ? {} : { grep: oncePattern }),
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
      // They take longest, and the mixed pair has a Firefox in them as well.
      ...(runsEveryPair ? {} : { grepInvert: /call-windows|hostile-member/ }),
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
