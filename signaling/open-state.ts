import { hostname, networkInterfaces } from 'node:os'
import { ok, type Result } from '../shared/result.ts'
import { openCertificateKeeper, type CertificateKeeper } from './certificates/certificate-keeper.ts'
import { namesOf, type MachineNames } from './certificates/names.ts'
import { openDataFolder } from './data/data-folder.ts'
import { readSessions } from './data/sessions-file.ts'
import { openFamilySecret, type FamilySecret } from './family-secret.ts'
import type { ServerConfig } from './server-config.ts'
import type { Session } from './sessions.ts'
import type { StartProblem } from './start-problem.ts'

/** What the server keeps from one start to the next. */
export interface StoredState {
  family: FamilySecret
  sessions: Session[]
  sessionsFile: string
  /** Undefined where a proxy does the HTTPS. */
  keeper: CertificateKeeper | undefined
}

export const machineNames = (): MachineNames =>
  namesOf({ hostname: hostname(), interfaces: networkInterfaces() })

export const openState = async (
  config: ServerConfig,
  now: () => number,
): Promise<Result<StoredState, StartProblem>> => {
  const folder = await openDataFolder(config.dataFolder)
  if (!folder.ok) return folder
  const family = await openFamilySecret(folder.value.familySecret)
  if (!family.ok) return family
  const sessions = await readSessions(folder.value.sessions)
  if (!sessions.ok) return sessions
  const state = { family: family.value, sessions: sessions.value, sessionsFile: folder.value.sessions }
  if (config.httpsPort === 'off') return ok({ ...state, keeper: undefined })
  const keeper = await openCertificateKeeper({
    folder: folder.value,
    own: config.certificate,
    names: machineNames,
    now,
  })
  return keeper.ok ? ok({ ...state, keeper: keeper.value }) : keeper
}
