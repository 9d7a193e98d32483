// Reads the JSON reports of the test runners, and counts.
import { readFileSync } from 'node:fs'

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const nothing = { passed: 0, failed: 0, skipped: 0 }

/** Counts of a vitest JSON report. */
export const tallyUnits = (file) => {
  const report = read(file)
  if (!report) return nothing
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  }
}

/** Counts of a Playwright JSON report. A test that passed only at a retry has failed. */
export const tallyJourneys = (file) => {
  const stats = read(file)?.stats
  if (!stats) return nothing
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

export const add = (...tallies) =>
  tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      skipped: sum.skipped + tally.skipped,
    }),
    nothing,
  )

/** Adds one failure for each failed step that its tests' failures do not already tell of. */
export const withFailedSteps = (tally, failedSteps, testStep) => {
  const untold = failedSteps.filter((name) => name !== testStep || tally.failed === 0)
  return { ...tally, failed: tally.failed + untold.length }
}

/** `12 passed, 0 failed, 3 skipped` */
export const inWords = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
