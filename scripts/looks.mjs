#!/usr/bin/env node
// Makes the pictures anew with which journeys compare the main screens (test/looks). `npm run looks`, then look at them before a commit.
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { root, runLanes } from './steps.mjs'

const folder = path.join(root, 'test', 'looks')
for (const file of readdirSync(folder)) if (file.endsWith('.png')) rmSync(path.join(folder, file))

const failed = await runLanes([
  {
    name: 'build of the gallery',
    command: ['vite', 'build', '--logLevel', 'warn', '--config', 'vite.gallery.config.ts'],
  },
  {
    name: 'pictures',
    command: [
      ...['playwright', 'test', 'journeys/looks', '--grep=looks as it did', '--project=two Chromiums'],
      // The report of the journeys stays as it is.
      ...['--update-snapshots=all', '--reporter=line'],
    ],
  },
])
if (failed.length > 0) process.exitCode = 1
