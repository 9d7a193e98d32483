#!/usr/bin/env node
// Finds the browsers that the journeys drive, or installs them from Debian's packages: `node scripts/browsers.mjs`.
// Playwright's own builds are not used: a family runs what its system ships, so that is what we test.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const programs = process.env.ProgramFiles ?? 'C:\\Program Files'
const programs32 = process.env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)'
const appData = process.env.LOCALAPPDATA ?? ''

const known = {
  chromium: {
    variable: 'HEARTH_CHROMIUM',
    names: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'],
    places: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      path.join(programs, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(programs32, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(appData, 'Chromium', 'Application', 'chrome.exe'),
      path.join(programs32, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ],
    packages: ['chromium'],
  },
  firefox: {
    variable: 'HEARTH_FIREFOX',
    names: ['firefox-esr', 'firefox'],
    places: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      path.join(programs, 'Mozilla Firefox', 'firefox.exe'),
      path.join(programs32, 'Mozilla Firefox', 'firefox.exe'),
    ],
    packages: ['firefox-esr'],
  },
}

const isRunnable = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find(isRunnable)

/** The path of an installed browser, or undefined. `kind` is 'chromium' or 'firefox'. */
export const findBrowser = (kind) => {
  const { variable, names, places } = known[kind]
  const wished = process.env[variable]
  if (wished) return isRunnable(wished) ? wished : undefined
  return names.map(onPath).find(Boolean) ?? places.find(isRunnable)
}

/** One line that says what to do when a browser is missing. */
export const adviceFor = (kind) => {
  const { variable } = known[kind]
  const wished = process.env[variable]
  if (wished) return `${variable} names ${wished}, which is no program.`
  return `No ${kind === 'chromium' ? 'Chromium or Chrome' : 'Firefox'} found: install it, or name it in ${variable}.`
}

const isDebianRoot = () =>
  process.platform === 'linux' && existsSync('/etc/debian_version') && process.getuid?.() === 0

/** Debian's small fonts for what a family writes: Latin and Arabic script, and emoji. */
const missingFonts = () => {
  const folder = '/usr/share/fonts/truetype'
  const has = (name) => existsSync(folder) && readdirSync(folder).includes(name)
  const hasEmoji = has('noto') && readdirSync(path.join(folder, 'noto')).includes('NotoColorEmoji.ttf')
  return [...(has('dejavu') ? [] : ['fonts-dejavu-core']), ...(hasEmoji ? [] : ['fonts-noto-color-emoji'])]
}

const aptGet = (...args) =>
  spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0

/** Installs what is missing where that is ours to do. Returns the lines to show; empty when everything is there. */
export const ensureBrowsers = () => {
  const missing = Object.keys(known).filter((kind) => !findBrowser(kind))
  if (missing.length > 0 && isDebianRoot()) {
    const packages = [
      ...missing.filter((kind) => !process.env[known[kind].variable]).flatMap((kind) => known[kind].packages),
      ...missingFonts(),
    ]
    if (packages.length > 0) {
      console.log(`installing ${packages.join(' ')}`)
      aptGet('update')
      aptGet('install', '-y', '--no-install-recommends', ...packages)
    }
  }
  return missing.filter((kind) => !findBrowser(kind)).map(adviceFor)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = ensureBrowsers()
  if (problems.length > 0) {
    console.error(problems.join(' '))
    process.exit(1)
  }
  for (const kind of Object.keys(known)) console.log(`${kind}: ${findBrowser(kind)}`)
}
