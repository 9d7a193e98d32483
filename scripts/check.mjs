#!/usr/bin/env node
// The fast half of the proof: types, lint, format and the unit tests. `npm run check`
import { rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { root, runLanes } from './steps.mjs'
import { inWords, tallyUnits, withFailedSteps } from './tally.mjs'

const report = path.join(root, 'test', 'output', 'unit.json')

/** Runs the checks side by side. Resolves to the counts of tests; a step that failed otherwise counts as one more. */
export const check = async () => {
  rmSync(report, { force: true })
  const failedSteps = await runLanes(
    [
      { name: 'types', command: ['vue-tsc', '-b'] },
      { name: 'format', command: ['prettier', '--check', '--log-level=warn', '--cache', '.'] },
      {
        name: 'unit tests',
        command: ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
      },
    ],
    [{ name: 'lint', command: ['eslint', '.', '--max-warnings', '0'] }],
  )
  return withFailedSteps(tallyUnits(report), failedSteps, 'unit tests')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tally = await check()
  console.log(inWords(tally))
  if (tally.failed > 0) process.exitCode = 1
}
