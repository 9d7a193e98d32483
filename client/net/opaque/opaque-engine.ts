import { client, ready } from '@serenity-kit/opaque'
import type { Opaque } from '../../core/account/opaque.ts'
import { fromBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'

/**
 * A2: argon2id over 64 MiB in 3 passes (RFC 9106's second recommendation), which a phone can do. A constant: a server that
 * could ask for less would guess passwords cheaply from what it then gets.
 */
const fullStretching = 'memory-constrained'

type KeyStretching = NonNullable<Parameters<typeof client.finishLogin>[0]['keyStretching']>

const exportKeyBytes = 64

/** The library throws where bytes are no message of OPAQUE's. */
const orNothing = async <Value>(work: () => Value): Promise<Value | undefined> => {
  await ready
  try {
    return work()
  } catch {
    return undefined
  }
}

const toExportKey = (text: string): Bytes => {
  const bytes = fromBase64Url(text)
  if (bytes?.length !== exportKeyBytes) throw new Error('OPAQUE made no usable export key')
  return bytes
}

/**
 * OPAQUE in this thread: in the worker, and in Node. On a page it would break the policy, and stop the screen for as long. Only a test
 * gives it another stretching: no message to the worker has a place for one.
 */
export const createOpaqueEngine = (keyStretching: KeyStretching = fullStretching): Opaque => ({
  prepare: () => undefined,
  startRegistration: (password) =>
    orNothing(() => {
      const { clientRegistrationState, registrationRequest } = client.startRegistration({ password })
      return { state: clientRegistrationState, request: registrationRequest }
    }),
  finishRegistration: (password, clientRegistrationState, registrationResponse) =>
    orNothing(() => {
      const { registrationRecord, exportKey } = client.finishRegistration({
        password,
        clientRegistrationState,
        registrationResponse,
        keyStretching,
      })
      return { record: registrationRecord, exportKey: toExportKey(exportKey) }
    }),
  startLogin: (password) =>
    orNothing(() => {
      const { clientLoginState, startLoginRequest } = client.startLogin({ password })
      return { state: clientLoginState, request: startLoginRequest }
    }),
  finishLogin: (password, clientLoginState, loginResponse) =>
    orNothing(() => {
      const finished = client.finishLogin({ password, clientLoginState, loginResponse, keyStretching })
      if (!finished) return undefined
      return { finish: finished.finishLoginRequest, exportKey: toExportKey(finished.exportKey) }
    }),
})
