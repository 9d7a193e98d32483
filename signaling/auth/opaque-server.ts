import { client, ready, server } from '@serenity-kit/opaque'
import type { AccountsStore } from '../data/accounts-store.ts'
import { newSecret } from './secrets.ts'

/**
 * The server's half of OPAQUE (A2). Whatever bytes come in, malformed ones are undefined, never an exception. No identifiers are set:
 * the names in the exchange are the keys.
 */
export interface OpaqueServer {
  respondToRegistration(opaqueId: string, request: string): string | undefined
  /** Without a record: for a name nobody has, in the same time and length (A4). */
  startLogin(
    opaqueId: string,
    record: string | undefined,
    request: string,
  ): { state: string; response: string } | undefined
  /** Whether they knew the password. */
  finishLogin(state: string, finish: string): boolean
  isRecord(record: string): boolean
}

const setupName = 'opaque-setup'
/** 192 bytes: a public key, a masking key and an envelope (RFC 9807, 5.1). */
const recordChars = 256

export const openOpaqueServer = async (settings: AccountsStore['settings']): Promise<OpaqueServer> => {
  await ready
  const serverSetup =
    (await settings.read(setupName)) ?? (await settings.keepFirst(setupName, server.createSetup()))
  return createOpaqueServer(serverSetup)
}

/** The library speaks of what is malformed in exceptions only. */
const attempt = <Value>(make: () => Value): Value | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

export const createOpaqueServer = (serverSetup: string): OpaqueServer => {
  const anyRequest = client.startLogin({ password: newSecret() }).startLoginRequest
  const start = (userIdentifier: string, registrationRecord: string | null, startLoginRequest: string) =>
    attempt(() => server.startLogin({ serverSetup, userIdentifier, registrationRecord, startLoginRequest }))
  return {
    respondToRegistration: (userIdentifier, registrationRequest) =>
      attempt(
        () =>
          server.createRegistrationResponse({ serverSetup, userIdentifier, registrationRequest })
            .registrationResponse,
      ),
    startLogin: (opaqueId, record, request) => {
      const started = start(opaqueId, record ?? null, request)
      return started && { state: started.serverLoginState, response: started.loginResponse }
    },
    finishLogin: (serverLoginState, finishLoginRequest) =>
      attempt(() => server.finishLogin({ serverLoginState, finishLoginRequest })) !== undefined,
    // The library has no parser for a record alone, and takes one with something after it.
    isRecord: (record) => record.length === recordChars && start('', record, anyRequest) !== undefined,
  }
}
