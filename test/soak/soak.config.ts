import { defineConfig } from '@playwright/test'
import whole from '../../playwright.config.ts'
import type { Pairing } from '../fixtures/family.ts'

/** A soak is a journey that takes as long as it takes, alone on the machine. */
export default defineConfig<{ pairing: Pairing }>({
  ...whole,
  testDir: '.',
  testMatch: '*.soak.ts',
  outputDir: '../output/soak',
  workers: 1,
  timeout: 0,
  globalTimeout: 0,
  reporter: 'list',
  projects: [{ name: 'soak', use: { pairing: ['chromium', 'chromium'] } }],
})
