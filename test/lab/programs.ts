import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** What `serve.ts` is told. */
export interface LabServerConfig {
  dataFolder: string
  clientFolder: string
  origin: string
  iceUrls: string[]
  turnSecret?: string
  /** `auto`: with a relay of its own. */
  turn?: 'auto' | 'off'
  turnLifetimeMs?: number
}

export interface LabProgram {
  /** The first line that the program wrote that matches. */
  said: Promise<string>
  /** `SIGKILL`: with no time to say goodbye. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

/** Runs a program inside one of the lab's namespaces. `ip netns exec` becomes the program, so its process is ours to end. */
export const runIn = (namespace: string, command: string[], expected: RegExp): LabProgram => {
  const child = spawn('ip', ['netns', 'exec', namespace, ...command], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = firstLine(child, expected, command)
  // Whoever awaits it hears of a failure; nobody may.
  said.catch(() => undefined)
  return {
    said,
    stop: (signal = 'SIGTERM') =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill(signal)
      }),
  }
}

const startTimeoutMs = 20_000

const firstLine = (child: ChildProcess, expected: RegExp, command: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const lines: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface(stream).on('line', (line) => {
        lines.push(line)
        if (!expected.test(line)) return
        clearTimeout(timer)
        resolve(line)
      })
    }
    const timer = setTimeout(() => {
      reject(
        new Error(`${command.join(' ')} did not say ${String(expected)}:\n${lines.slice(-20).join('\n')}`),
      )
    }, startTimeoutMs)
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`${command.join(' ')} ended with ${code}:\n${lines.slice(-20).join('\n')}`))
    })
  })
