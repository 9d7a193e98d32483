import { access, constants, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { StartProblem } from '../start-problem.ts'
import { describeFileError } from './atomic-file.ts'

/** Where everything lies that the server keeps. Backing up this folder backs up the server. */
export interface DataFolder {
  familySecret: string
  sessions: string
  authority: string
  certificate: string
}

export const openDataFolder = async (path: string): Promise<Result<DataFolder, StartProblem>> => {
  const folder = resolve(path)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    return fail({ type: 'folderUnusable', folder, detail: describeFileError(error) })
  }
  return ok({
    familySecret: join(folder, 'family-secret.txt'),
    sessions: join(folder, 'sessions.json'),
    authority: join(folder, 'authority.pem'),
    certificate: join(folder, 'certificate.pem'),
  })
}
