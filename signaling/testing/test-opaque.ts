import { client, ready } from '@serenity-kit/opaque'

await ready

/** The client's half of OPAQUE with a stretching that takes no time: how strong it is, is the client's alone (A2). */
const keyStretching = { 'argon2id-custom': { iterations: 1, memory: 8, parallelism: 1 } } as const

export const beginRegistration = (password: string) => {
  const { clientRegistrationState, registrationRequest } = client.startRegistration({ password })
  return {
    request: registrationRequest,
    finish: (registrationResponse: string) =>
      client.finishRegistration({ password, clientRegistrationState, registrationResponse, keyStretching }),
  }
}

export const beginLogin = (password: string) => {
  const { clientLoginState, startLoginRequest } = client.startLogin({ password })
  return {
    request: startLoginRequest,
    /** Undefined when the password is not the one. */
    finish: (loginResponse: string) =>
      client.finishLogin({ password, clientLoginState, loginResponse, keyStretching }),
  }
}
