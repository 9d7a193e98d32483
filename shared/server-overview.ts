import * as v from 'valibot'
import { callApi, type Send } from './api-call.ts'
import { accountIdSchema, deviceIdSchema, timeSchema } from './identifiers.ts'

/** GET /api/server — how the server does, for owner and admins. Topics are shortened hashes: even the topic stays out of sight. */
export const serverPath = '/api/server'

const countSchema = v.pipe(v.number(), v.minValue(0))

export const serverEventKinds = [
  'registered',
  'signedIn',
  'signInFailed',
  'limited',
  'recovered',
  'passwordChanged',
  'signedOut',
  'deviceRevoked',
  'accountRemoved',
  'accountDisabled',
  'accountEnabled',
  'roleChanged',
  'invitationMade',
  'invitationRevoked',
  'socketOpened',
  'socketClosed',
  'socketRefused',
] as const
export type ServerEventKind = (typeof serverEventKinds)[number]

export const serverOverviewSchema = v.strictObject({
  version: v.string(),
  startedAt: timeSchema,
  accounts: countSchema,
  devices: countSchema,
  sockets: v.array(
    v.strictObject({
      account: accountIdSchema,
      accountName: v.string(),
      device: deviceIdSchema,
      deviceName: v.string(),
      openedAt: timeSchema,
      /** Of the last minute. */
      messagesPerMinute: countSchema,
    }),
  ),
  topics: v.array(v.strictObject({ topic: v.string(), sockets: countSchema })),
  rates: v.strictObject({
    signalsPerMinute: countSchema,
    signInsPerHour: countSchema,
    failedSignInsPerHour: countSchema,
  }),
  /** Newest first. */
  events: v.array(
    v.strictObject({
      at: timeSchema,
      kind: v.picklist(serverEventKinds),
      /** Whose; the name, for people. */
      who: v.optional(v.string()),
      address: v.optional(v.string()),
      /** A stable word or a close code. */
      why: v.optional(v.string()),
    }),
  ),
})
export type ServerOverview = v.InferOutput<typeof serverOverviewSchema>

export const createServerCalls = (send: Send) => ({
  overview: () => callApi(send, { method: 'GET', path: serverPath }, serverOverviewSchema),
})
