#!/usr/bin/env node
// One command proves everything: the checks, the build, and the journeys in real browsers. `npm test`
import { rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { ensureBrowsers } from './browsers.mjs'
import { check } from './check.mjs'
import { root, runLanes } from './steps.mjs'
import { add, inWords, tallyJourneys, withFailedSteps } from './tally.mjs'
import { tellScreens } from './tell-screens.mjs'

/** Calls of many people, and those over the lab's lines: sound and picture come late where others want the processors too. */
const alone = '@alone|lab/calls'
const lanes = [
  { name: 'journeys', report: 'journeys.json', traces: 'traces', options: ['--grep-invert', alone] },
  {
    name: 'journeys that want the machine for themselves',
    report: 'journeys-alone.json',
    // Playwright empties its folder first: the traces of the first go stay.
    traces: 'traces-alone',
    options: ['--grep', alone, '--workers', '1'],
  },
]
const output = path.join(root, 'test', 'output')
const reportOf = ({ report }) => path.join(output, report)

const journeys = async () => {
  for (const lane of lanes) rmSync(reportOf(lane), { force: true })
  const build = ['vite', 'build', '--logLevel', 'warn']
  const failedBuild = await runLanes([
    { name: 'build', command: build },
    { name: 'build of the gallery', command: [...build, '--config', 'vite.gallery.config.ts'] },
  ])
  if (failedBuild.length > 0) return withFailedSteps(add(), failedBuild)
  const tallies = []
  for (const lane of lanes) {
    const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(lane) }
    const traces = path.join(output, lane.traces)
    const command = ['playwright', 'test', ...lane.options, '--output', traces]
    const failed = await runLanes([{ name: lane.name, command, live: true, env }])
    if (failed.length > 0) tellScreens(traces)
    tallies.push(withFailedSteps(tallyJourneys(reportOf(lane)), failed, lane.name))
  }
  return add(...tallies)
}

const problems = ensureBrowsers()
if (problems.length > 0) {
  console.error(problems.join(' '))
  process.exit(1)
}
const tally = add(await check({ withLongTests: true }), await journeys())
// The last line is for programs: keep it alone and plain.
console.log(inWords(tally))
if (tally.failed > 0) process.exitCode = 1
