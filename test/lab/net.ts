import { execFile, spawnSync } from 'node:child_process'
import { accessSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const script = path.join(import.meta.dirname, 'net.sh')
const execute = promisify(execFile)

export type Device = 'server' | 'homea' | 'homeb' | 'homec' | 'homed' | 'boxa'

/** A street of homes for one test, built by net.sh. */
export interface Net {
  readonly id: string
  namespaceOf(device: Device): string
  /** `net('cut', 'a')`: net.sh says what there is. */
  net(...words: string[]): Promise<void>
}

let count = 0

export const createNet = (): Net => {
  count += 1
  const id = `${process.pid}-${count}`
  return {
    id,
    namespaceOf: (device) => `hearth-${id}-${device}`,
    async net(...words) {
      await execute(script, words, { env: { ...process.env, HEARTH_LAB: id } })
    },
  }
}

const isThere = (tool: string): boolean =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, tool))
      return true
    } catch {
      return false
    }
  })

/** Why there can be no lab here, in words; undefined where there can. */
export const labProblem = (): string | undefined => {
  if (process.platform !== 'linux') return 'the network lab needs Linux'
  if (process.getuid?.() !== 0) return 'the network lab needs root'
  const missing = ['ip', 'tc', 'iptables', 'ethtool', 'python3', 'turnserver'].filter(
    (tool) => !isThere(tool),
  )
  if (missing.length > 0) return `the network lab needs ${missing.join(', ')}`
  const name = `hearth-${process.pid}-try`
  const made = spawnSync('ip', ['netns', 'add', name]).status === 0
  const entered = made && spawnSync('ip', ['netns', 'exec', name, 'iptables', '-t', 'nat', '-L']).status === 0
  if (made) spawnSync('ip', ['netns', 'del', name])
  return entered ? undefined : 'namespaces are not allowed here'
}
