import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'

/**
 * npm run soak -- NAME [--scale 0.1]   plays test/soak/NAME.soak.ts in real browsers, at a tenth of its length
 */

const folder = path.join(import.meta.dirname, '..', 'test', 'soak')
const ending = '.soak.ts'
const names = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))

const fail = (why: string): never => {
  console.error(`${why}\nnpm run soak -- NAME [--scale 0.1]; there is: ${names.join(', ')}`)
  process.exit(2)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: 'string', default: '1' } },
})
const [name = ''] = positionals
if (!names.includes(name)) fail('Which soak?')
if (!(Number(values.scale) > 0)) fail('--scale takes a number above 0')

const played = spawn(
  process.execPath,
  [
    path.join('node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    '--config',
    path.join(folder, 'soak.config.ts'),
    `/${name}${ending.replaceAll('.', '\\.')}`,
  ],
  {
    cwd: path.join(import.meta.dirname, '..'),
    stdio: 'inherit',
    env: { ...process.env, SOAK_SCALE: values.scale },
  },
)
played.on('close', (code) => {
  process.exitCode = code ?? 1
})
