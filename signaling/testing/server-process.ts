import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** A server in a process of its own (hostile-server.ts), which can be killed. */
export interface ServerProcess {
  child: ChildProcess
  port: number
  ownerLink: string | undefined
}

export const startServerProcess = async (
  dataFolder: string,
  clientFolder = `${dataFolder}/no-client`,
): Promise<ServerProcess> => {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = fork(fileURLToPath(new URL('./hostile-server.ts', import.meta.url)), {
    execArgv: ['--expose-gc', '--import', tsx],
    env: { ...process.env, HEARTH_DATA: dataFolder, HEARTH_CLIENT: clientFolder },
  })
  const [{ port, link }] = (await once(child, 'message')) as [{ port: number; link?: string }]
  return { child, port, ownerLink: link }
}
