import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A running relay. */
export interface RelayProgram {
  /** Once, when it is no more. */
  readonly ended: Promise<RelayEnd>
  /** Settles once it has ended. */
  stop(): Promise<RelayEnd>
}

export interface RelayEnd {
  code: number | null
  /** The last thing it complained of, in its own words, and without whom it was about. */
  complaint: string | undefined
}

/** Where a program lies, by the PATH; undefined where it is not installed. */
export const findProgram = (name: string, path = process.env['PATH'] ?? ''): string | undefined =>
  path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })

/**
 * Ends the program when our end of its input closes, which it does however we end, killed included. The program itself would live
 * on. In a group of its own, so that Ctrl+C in a terminal reaches us first, who then end it.
 */
const watched = `umask 077
exec 3<&0
"$@" 3<&- </dev/null &
relay=$!
{ cat <&3; kill "$relay"; } >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$relay"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"`

const patienceMs = 2_000
const maxComplaintChars = 200

export const launchRelay = (program: string, configFile: string): RelayProgram => {
  const child = spawn('/bin/sh', ['-c', watched, 'sh', program, '-c', configFile], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    // It needs nothing of what we were given, secrets least of all.
    env: { PATH: process.env['PATH'] ?? '' },
  })
  let complaint: string | undefined
  const listen = (chunk: Buffer): void => {
    const lines = chunk.toString('utf8').split('\n')
    const last = lines.findLast(
      (line) => /error|cannot|denied|in use/i.test(line) && !/user|peer/i.test(line),
    )
    if (last !== undefined) complaint = last.replace(/[^\x20-\x7e]/g, '').slice(0, maxComplaintChars)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  // It may be gone before we are.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<RelayEnd>((resolve) => {
    const end = (code: number | null): void => {
      child.stdin.destroy()
      resolve({ code, complaint })
    }
    child.once('error', (error) => {
      complaint = error.message
      end(null)
    })
    child.once('exit', end)
  })
  return {
    ended,
    stop: async () => {
      child.stdin.destroy()
      const impatience = setTimeout(() => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      }, patienceMs)
      const end = await ended
      clearTimeout(impatience)
      return end
    },
  }
}
