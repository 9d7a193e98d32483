import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'

const root = path.join(import.meta.dirname, '..')

/**
 * The command `npm run KIND -- NAME`, which plays test/KIND/NAME.KIND.ts in real browsers. `numbers` are what it may be told, each with
 * what holds otherwise: `--scale 0.1` reaches a soak as SOAK_SCALE.
 */
export const playLong = (kind: string, numbers: Readonly<Record<string, string>>): void => {
  const folder = path.join(root, 'test', kind)
  const ending = `.${kind}.ts`
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
  const usage = `npm run ${kind} -- NAME ${Object.entries(numbers)
    .map(([option, value]) => `[--${option} ${value}]`)
    .join(' ')}; there is: ${names.join(', ')}`

  const fail = (why: string): never => {
    console.error(`${why}\n${usage}`)
    process.exit(2)
  }
  const readArguments = () => {
    const options = Object.fromEntries(
      Object.entries(numbers).map(([option, value]) => [option, { type: 'string', default: value } as const]),
    )
    try {
      return parseArgs({ allowPositionals: true, options })
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error))
    }
  }
  const { values, positionals } = readArguments()
  const [name = ''] = positionals
  if (!names.includes(name)) fail(`Which ${kind}?`)
  const told = Object.entries(values).map(([option, value]) =>
    Number(value) > 0
      ? ([`${kind}_${option}`.toUpperCase(), value] as const)
      : fail(`--${option} takes a number above 0`),
  )

  const played = spawn(
    process.execPath,
    [
      path.join('node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      path.join(folder, `${kind}.config.ts`),
      `/${name}${ending.replaceAll('.', '\\.')}`,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...Object.fromEntries(told) } },
  )
  played.on('close', (code) => {
    process.exitCode = code ?? 1
  })
}
