import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Usage } from '../signaling/probe.ts'

/** A server in a process of its own, which tells what it has used of the processor. */
export interface Child<Ready> {
  ready: Ready
  cpuMs(): Promise<number>
  stop(): void
}

const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

export const startChild = async <Ready>(
  file: string,
  environment: Record<string, string> = {},
): Promise<Child<Ready>> => {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const probe = pathToFileURL(beside('../signaling/probe.ts')).href
  const child = fork(beside(file), {
    execArgv: ['--import', tsx, '--import', probe],
    env: { ...process.env, ...environment },
  })
  const [ready] = (await once(child, 'message')) as [Ready]
  return {
    ready,
    cpuMs: async () => {
      const answer = once(child, 'message')
      child.send('cpu')
      const [usage] = (await answer) as [Usage]
      return usage.cpuMs
    },
    stop: () => void child.kill(),
  }
}
