import * as v from 'valibot'
import { deviceIdSchema } from '../../shared/identifiers.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Session, SessionKey } from '../sessions.ts'
import type { StartProblem } from '../start-problem.ts'
import { describeFileError, readFileIfThere, writeFileAtomically } from './atomic-file.ts'

const sessionSchema = v.strictObject({
  key: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9_-]{43}$/),
    v.transform((key) => key as SessionKey),
  ),
  device: deviceIdSchema,
  usedAt: v.pipe(v.number(), v.integer()),
})
const fileSchema = v.strictObject({ version: v.literal(1), sessions: v.array(sessionSchema) })

export const readSessions = async (file: string): Promise<Result<Session[], StartProblem>> => {
  const read = await readFileIfThere(file)
  if (!read.ok) return read
  if (read.value === undefined) return ok([])
  try {
    return ok(v.parse(fileSchema, JSON.parse(read.value)).sessions)
  } catch {
    return fail({ type: 'fileBroken', file, detail: 'it is not a list of sessions' })
  }
}

export interface SessionsWriter {
  save(sessions: readonly Session[]): void
  /** Settles once all that was to be saved is on the disk. */
  settled(): Promise<void>
}

/** One write at a time; what changes meanwhile goes into the next. */
export const createSessionsWriter = (file: string, report: (line: string) => void): SessionsWriter => {
  let waiting: string | undefined
  let writing: Promise<void> = Promise.resolve()
  const writeWaiting = async (): Promise<void> => {
    if (waiting === undefined) return
    const text = waiting
    waiting = undefined
    try {
      await writeFileAtomically(file, text)
    } catch (error) {
      // Those who are in stay in until the next start; the family should know why they had to come in again then.
      report(`Could not write ${file}: ${describeFileError(error)}.`)
    }
  }
  return {
    save: (sessions) => {
      const isFirst = waiting === undefined
      waiting = JSON.stringify({ version: 1, sessions })
      if (isFirst) writing = writing.then(writeWaiting)
    },
    settled: () => writing,
  }
}
