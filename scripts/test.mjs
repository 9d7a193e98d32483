#!/usr/bin/env node
// One command proves everything: the checks, the build, and the journeys in real browsers. `npm test`
import { rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { ensureBrowsers } from './browsers.mjs'
import { check } from './check.mjs'
import { root, runLanes } from './steps.mjs'
import { add, inWords, tallyJourneys, withFailedSteps } from './tally.mjs'

const report = path.join(root, 'test', 'output', 'journeys.json')

const journeys = async () => {
  rmSync(report, { force: true })
  const build = ['vite', 'build', '--logLevel', 'warn']
  const failedBuild = await runLanes([
    { name: 'build', command: build },
    { name: 'build of the gallery', command: [...build, '--config', 'vite.gallery.config.ts'] },
  ])
  if (failedBuild.length > 0) return withFailedSteps(tallyJourneys(report), failedBuild, 'journeys')
  const failed = await runLanes([{ name: 'journeys', command: ['playwright', 'test'], live: true }])
  return withFailedSteps(tallyJourneys(report), failed, 'journeys')
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
