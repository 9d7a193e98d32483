import { access, constants, mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { StartProblem } from '../start-problem.ts'
import { describeFileError } from './atomic-file.ts'

/** Where everything lies that the server keeps. Backing up this folder backs up the server. */
export interface DataFolder {
  folder: string
  database: string
  lock: string
  authority: string
  certificate: string
  /** For coturn, while it runs. */
  relayConfig: string
  relayPid: string
}

export const dataFolderAt = (path: string): DataFolder => {
  const folder = resolve(path)
  return {
    folder,
    database: join(folder, 'hearth.db'),
    lock: join(folder, 'hearth.lock'),
    authority: join(folder, 'authority.pem'),
    certificate: join(folder, 'certificate.pem'),
    relayConfig: join(folder, 'turnserver.conf'),
    relayPid: join(folder, 'turnserver.pid'),
  }
}

/** Makes it if need be. */
export const openDataFolder = async (path: string): Promise<Result<DataFolder, StartProblem>> => {
  const there = dataFolderAt(path)
  const { folder } = there
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    // From before there were accounts: the link they made opens nothing any more.
    for (const name of ['family-secret.txt', 'sessions.json']) await rm(join(folder, name), { force: true })
  } catch (error) {
    return fail({ type: 'folderUnusable', folder, detail: describeFileError(error) })
  }
  return ok(there)
}
