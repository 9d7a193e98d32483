import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { StartProblem } from '../start-problem.ts'

/** Puts the whole text at `file` or leaves what was there, also through a power cut. Readable by this user only. */
export const writeFileAtomically = async (file: string, text: string): Promise<void> => {
  const unfinished = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  await syncFolder(dirname(file))
}

/** The rename itself is durable only once the folder is. Windows cannot open a folder, and needs no such thing. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The text of `file`, or undefined where there is none yet. */
export const readFileIfThere = async (file: string): Promise<Result<string | undefined, StartProblem>> => {
  try {
    return ok(await readFile(file, 'utf8'))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return ok(undefined)
    return fail({ type: 'fileUnreadable', file, detail: describeFileError(error) })
  }
}

export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

const fileErrorWords: Readonly<Record<string, string>> = {
  EACCES: 'this user is not allowed to',
  EPERM: 'this user is not allowed to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'it is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
  ENOENT: 'there is no such file',
}

export const describeFileError = (error: unknown): string => {
  const code = errorCode(error)
  return (code === undefined ? undefined : fileErrorWords[code]) ?? code ?? String(error)
}
