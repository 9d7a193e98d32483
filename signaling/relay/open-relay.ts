import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import type { SettingsStore } from '../data/accounts-store.ts'
import { writeFileAtomically } from '../data/atomic-file.ts'
import { dataFolderAt } from '../data/data-folder.ts'
import type { ServerLog } from '../log.ts'
import type { ServerConfig } from '../server-config.ts'
import { keepRelay, type Relay } from './keep-relay.ts'
import { findProgram, launchRelay } from './launch-relay.ts'
import { relayConfig } from './relay-config.ts'
import { addressTowardsInternet, planRelay, type RelayPlan } from './relay-plan.ts'
import { answersStun, isPortFree } from './relay-ports.ts'

/** The family's own relay, and the secret it shares with the server. */
export interface OwnRelay extends Relay {
  readonly port: number
  readonly secret: string
}

const usualPort = 3478
const usualRelayPorts = [49_152, 65_535] as const
const answersWithinMs = 10_000

/** Undefined where it is not wanted, where another is configured, or where coturn is not installed. */
export const openRelay = async (
  config: ServerConfig,
  settings: SettingsStore,
  log: ServerLog,
): Promise<OwnRelay | undefined> => {
  const isWanted = config.turn === 'auto' && (config.iceUrls ?? []).length === 0
  const program = isWanted ? findProgram('turnserver') : undefined
  if (program === undefined) return undefined
  const port = config.turnPort ?? usualPort
  const relayPorts = config.turnRelayPorts ?? usualRelayPorts
  const { relayConfig: configFile, relayPid: pidFile } = dataFolderAt(config.dataFolder)
  const secret = await settings.keepFirst('turn-secret', randomBytes(32).toString('base64url'))
  const relay = await keepRelay({
    plan: async () => planRelay(networkInterfaces(), await addressTowardsInternet(), config.host),
    isPortFree: ({ listenOn }) => isPortFree(port, listenOn),
    async launch(plan: RelayPlan) {
      await writeFileAtomically(configFile, relayConfig({ port, relayPorts, secret, pidFile }, plan))
      return launchRelay(program, configFile)
    },
    answers: ({ listenOn: [first = '127.0.0.1'] }) => answersStun(port, first, answersWithinMs),
    setTimer(run, afterMs) {
      const timer = setTimeout(run, afterMs)
      timer.unref()
      return () => clearTimeout(timer)
    },
    now: Date.now,
    log,
    port,
  })
  return {
    port,
    secret,
    address: relay.address,
    async stop() {
      await relay.stop()
      for (const file of [configFile, pidFile]) await rm(file, { force: true })
    },
  }
}
