import { stat } from 'node:fs/promises'
import { accountLimits } from '../../shared/limits.ts'
import { fail, type Result } from '../../shared/result.ts'
import { readConfig } from '../config.ts'
import { dataFolderAt, openDataFolder } from '../data/data-folder.ts'
import { openDatabase } from '../data/sqlite/database.ts'
import { createSqliteStore } from '../data/sqlite/sqlite-store.ts'
import { originsOnLan, qrCode } from '../greeting.ts'
import { machineNames } from '../open-state.ts'
import type { ServerConfig } from '../server-config.ts'
import { describeStartProblem } from '../start-problem.ts'
import { adminHelp, readAdminWish, type AdminCommand } from './admin-command.ts'
import { runAtDesk } from './admin-desk.ts'
import { backUp, restore } from './backups.ts'

const originOf = (config: ServerConfig): string => {
  const httpsPort = config.httpsPort === 'off' ? undefined : config.httpsPort
  const here = `http://localhost:${config.httpPort}`
  return config.url ?? originsOnLan({ ...config, httpsPort }, config, machineNames())[0] ?? here
}

/** Does it; what to say, or a sentence why not. */
const run = async (
  command: Exclude<AdminCommand, { type: 'help' }>,
  config: ServerConfig,
  isTerminal: boolean,
): Promise<Result<string, string>> => {
  if (command.type === 'restore') {
    const made = await openDataFolder(config.dataFolder)
    return made.ok ? restore(made.value, command.file, Date.now()) : fail(describeStartProblem(made.problem))
  }
  const { folder, database: file } = dataFolderAt(config.dataFolder)
  if (!(await stat(file).catch(() => undefined)))
    return fail(`There is no Hearth in ${folder} yet: start it once, or name another folder with --data.`)
  const database = openDatabase(file)
  if (!database.ok) return fail(describeStartProblem(database.problem))
  const store = createSqliteStore(database.value)
  try {
    if (command.type === 'backup') return await backUp(database.value, command.file)
    return await runAtDesk(
      {
        store,
        origin: originOf(config),
        draw: (link) => qrCode(link, isTerminal),
        invitationMs: accountLimits.invitationMs,
        now: Date.now,
      },
      command,
    )
  } finally {
    await store.close()
  }
}

export interface AdminOutcome {
  exitCode: 0 | 1 | 2
  /** For stdout when it went well, else for stderr. */
  text: string
}

/** One command from beginning to end: 0 done, 1 it could not be done, 2 that is no command. */
export const runAdmin = async (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): Promise<AdminOutcome> => {
  const wish = readAdminWish(args)
  if (!wish.ok) return { exitCode: 2, text: `${wish.problem}\n` }
  const { command, serverFlags } = wish.value
  if (command.type === 'help') return { exitCode: 0, text: adminHelp }
  const config = readConfig(serverFlags, environment)
  if (!config.ok) return { exitCode: 2, text: `${config.problem}\n` }
  if (config.value.type === 'help') return { exitCode: 0, text: adminHelp }
  const outcome = await run(command, config.value.config, isTerminal)
  return outcome.ok
    ? { exitCode: 0, text: `${outcome.value}\n` }
    : { exitCode: 1, text: `${outcome.problem}\n` }
}
