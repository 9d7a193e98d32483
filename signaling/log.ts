import { destination, pino, type Logger } from 'pino'
import type { ServerConfig } from './server-config.ts'

export type ServerLog = Logger

/** Where lines go; a test collects them. */
export interface LogLines {
  write(line: string): void
}

/** `quiet` tells of what went wrong, `info` of sign-ins and accounts too, `debug` of each socket. */
const levels = { quiet: 'warn', info: 'info', debug: 'debug' } as const

/** One line of JSON for each thing that happens, to stderr. What may be in it is decided by journal.ts. */
export const createLog = ({ log = 'quiet', logTo }: Pick<ServerConfig, 'log' | 'logTo'>): ServerLog =>
  pino(
    {
      level: levels[log],
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    logTo ?? destination({ dest: 2, sync: true }),
  )
