#!/usr/bin/env node
// The fast half of the proof: types, lint, format and the unit tests but the long ones. `npm run check`
import { rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { root, runLanes } from './steps.mjs'
import { inWords, tallyUnits, withFailedSteps } from './tally.mjs'

const report = path.join(root, 'test', 'output', 'unit.json')

/** Thousands of schedules and processes that are killed: `npm test` runs them. */
const longTests = '**/*.long.test.ts'
const lintCache = ['--cache', '--cache-strategy=content', '--cache-location=node_modules/.cache/eslint/']

/** Runs the checks side by side. Resolves to the counts of tests; a step that failed otherwise counts as one more. */
export const check = async ({ withLongTests }) => {
  rmSync(report, { force: true })
  const failedSteps = await runLanes(
    [
      { name: 'types', command: ['vue-tsc', '-b'] },
      { name: 'format', command: ['prettier', '--check', '--log-level=warn', '--cache', '.'] },
      {
        name: 'unit tests',
        command: [
          ...['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
          ...(withLongTests ? [] : ['--exclude', longTests]),
        ],
      },
    ],
    [
      {
        name: 'lint',
        // A rule that looks at types may miss what another file has changed: the whole proof looks at everything anew.
        command: ['eslint', '.', '--max-warnings', '0', ...(withLongTests ? [] : lintCache)],
      },
    ],
  )
  return withFailedSteps(tallyUnits(report), failedSteps, 'unit tests')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tally = await check({ withLongTests: false })
  console.log(inWords(tally))
  if (tally.failed > 0) process.exitCode = 1
}
