// Runs the steps of a check: a line for each with its time, and the whole output of one that failed.
import { spawn } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const tool = (name) =>
  path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)

/** Steps that are running now, so that an interrupt ends them too. */
const running = new Set()
let isInterrupted = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    isInterrupted = true
    for (const child of running) child.kill(signal)
    process.exitCode = 1
  })

/**
 * Runs one tool of node_modules/.bin. Resolves to true if it exited with 0; to false also where an interrupt came before.
 * `live` passes its output through as it comes, for what takes minutes.
 */
export const runStep = ({ name, command, live = false, env = {} }) =>
  new Promise((resolve) => {
    // What comes after an interrupted step is not begun.
    if (isInterrupted) return resolve(false)
    const started = Date.now()
    const child = spawn(tool(command[0]), command.slice(1), {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...env },
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      shell: process.platform === 'win32',
    })
    running.add(child)
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.on('error', (error) => output.push(Buffer.from(`${error.message}\n`)))
    child.on('close', (code) => {
      running.delete(child)
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
      if (code !== 0 && output.length > 0) process.stdout.write(Buffer.concat(output))
      resolve(code === 0)
    })
  })

/** Runs lanes side by side, the steps of each one after another. Resolves to the names of the steps that failed. */
export const runLanes = async (...lanes) => {
  const failed = []
  await Promise.all(
    lanes.map(async (steps) => {
      for (const step of steps) if (!(await runStep(step))) failed.push(step.name)
    }),
  )
  return failed
}
