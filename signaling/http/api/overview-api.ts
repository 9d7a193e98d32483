import { createHash } from 'node:crypto'
import { serverPath, type ServerOverview } from '../../../shared/server-overview.ts'
import type { AuthServices } from '../../auth/auth-services.ts'
import type { Lobby } from '../../sockets/lobby.ts'
import { messagesPerMinute } from '../../sockets/rate.ts'
import { answer } from '../api-answer.ts'
import { signedInAsking, type ApiRoute } from '../api-route.ts'

export interface OverviewOptions {
  services: AuthServices
  lobby: Lobby
  version: string
  startedAt: number
}

const shownEvents = 200
const hourMs = 60 * 60 * 1000

/** How the server does (shared/server-overview.ts). */
export const overviewRoutes = ({ services, lobby, version, startedAt }: OverviewOptions): ApiRoute[] => {
  const { store, journal, now } = services

  const read = async (): Promise<ServerOverview> => {
    await journal.flush()
    const accounts = await store.accounts.list()
    const nameOf = new Map(accounts.map(({ account, name }) => [account, name]))
    const events = await store.events.newest(shownEvents)
    const since = now() - hourMs
    return {
      version,
      startedAt,
      accounts: accounts.length,
      devices: accounts.reduce((sum, { deviceCount }) => sum + deviceCount, 0),
      sockets: await socketRows(nameOf),
      topics: lobby
        .topicSizes()
        .map(([topic, sockets]) => ({ topic: shortHash(topic), sockets }))
        .sort((a, b) => b.sockets - a.sockets),
      rates: {
        signalsPerMinute: messagesPerMinute(lobby.signals, now()),
        signInsPerHour: await store.events.countSince(['signedIn', 'registered'], since),
        failedSignInsPerHour: await store.events.countSince(['signInFailed'], since),
      },
      events: events.map(({ at, kind, account, who = account && nameOf.get(account), address, why }) => ({
        at,
        kind,
        ...(who === undefined ? {} : { who }),
        ...(address === undefined ? {} : { address }),
        ...(why === undefined ? {} : { why }),
      })),
    }
  }

  const socketRows = async (nameOf: ReadonlyMap<string, string>): Promise<ServerOverview['sockets']> => {
    const deviceNames = new Map<string, string>()
    for (const account of new Set([...lobby.connections].map((connection) => connection.account)))
      for (const { device, name } of await store.devices.of(account)) deviceNames.set(device, name)
    return [...lobby.connections].map((connection) => ({
      account: connection.account,
      accountName: nameOf.get(connection.account) ?? '',
      device: connection.device,
      deviceName: deviceNames.get(connection.device) ?? '',
      openedAt: connection.openedAt,
      messagesPerMinute: messagesPerMinute(connection, now()),
    }))
  }

  return [signedInAsking('office', 'GET', serverPath, async () => answer(await read()))]
}

/** Even the topic stays out of sight: enough of its hash to tell two apart. */
const shortHash = (topic: string): string => createHash('sha256').update(topic).digest('hex').slice(0, 8)
