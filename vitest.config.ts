import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['{shared,signaling,client,scripts,bench,test}/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['client/ui/language/testing/speak-english.ts'],
    // Vitest leaves a core free, which on two cores is half of them.
    maxWorkers: 2,
    // Simulated schedules leave much short-lived rubbish: with more room for it they take a tenth less.
    execArgv: ['--max-semi-space-size=64'],
    // A busy machine is slow, not wrong: tests wait for events, and this is only the end of all patience.
    testTimeout: 30_000,
  },
})
