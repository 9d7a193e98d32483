// npm start: builds the client if it is missing or older than its sources, then runs the server.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const inRoot = (...path) => join(root, ...path)
const leave = (sentence, code) => {
  console.error(sentence)
  process.exit(code)
}

const isOldEnough = (needed, running) => {
  const [major, minor] = needed.match(/\d+/g).map(Number)
  const [runningMajor, runningMinor] = running.split('.').map(Number)
  return runningMajor > major || (runningMajor === major && runningMinor >= minor)
}
const { engines } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
if (!isOldEnough(engines.node, process.versions.node)) {
  leave(`Hearth needs Node ${engines.node}, and this is ${process.versions.node}. See https://nodejs.org.`, 1)
}
if (!existsSync(inRoot('node_modules', 'vite'))) {
  leave('The packages are not installed yet: run npm ci first.', 1)
}

/** The time of the newest file in a folder, or of a file; 0 where there is none. */
const newest = (path) => {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

const isBuilt = () => {
  const builtAt = statSync(inRoot('dist/client/index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const sources = ['client', 'shared', 'vite.config.ts', 'package-lock.json']
  return builtAt > 0 && sources.every((source) => newest(inRoot(source)) <= builtAt)
}

const asksForHelp = process.argv.slice(2).some((flag) => flag === '--help' || flag === '-h')
if (!asksForHelp && !isBuilt()) {
  console.log('Building Hearth. This takes a few seconds, and only the first time …')
  const { build } = await import('vite')
  try {
    await build({ configFile: inRoot('vite.config.ts'), root: inRoot('client'), logLevel: 'warn' })
  } catch (error) {
    leave(`Hearth could not be built: ${error instanceof Error ? error.message : String(error)}`, 1)
  }
}

// A process of its own: what building needed does not stay in memory for as long as the server runs.
const tsx = createRequire(import.meta.url).resolve('tsx')
const server = spawn(
  process.execPath,
  ['--import', pathToFileURL(tsx).href, inRoot('signaling/main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)))
