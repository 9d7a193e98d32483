import { client, ready, server } from '@serenity-kit/opaque'

await ready

/** The limit: what OPAQUE itself costs a server for one login, with nothing around it. */
const password = 'password'
const keyStretching = { 'argon2id-custom': { iterations: 1, memory: 8, parallelism: 1 } } as const
const serverSetup = server.createSetup()
const registering = client.startRegistration({ password })
const { registrationRecord } = client.finishRegistration({
  ...registering,
  password,
  keyStretching,
  registrationResponse: server.createRegistrationResponse({
    serverSetup,
    userIdentifier: 'ada',
    registrationRequest: registering.registrationRequest,
  }).registrationResponse,
})

/** Logins a second of processor time, over `count` of them. */
export const bareOpaqueRate = (count: number): number => {
  let spentMs = 0
  for (let done = 0; done < count; done++) {
    const login = client.startLogin({ password })
    const { startLoginRequest } = login
    let before = process.cpuUsage()
    const started = server.startLogin({
      serverSetup,
      userIdentifier: 'ada',
      registrationRecord,
      startLoginRequest,
    })
    spentMs += since(before)
    const finished = client.finishLogin({
      ...login,
      password,
      keyStretching,
      loginResponse: started.loginResponse,
    })
    if (!finished) throw new Error('the right password was refused')
    before = process.cpuUsage()
    server.finishLogin({ ...started, finishLoginRequest: finished.finishLoginRequest })
    spentMs += since(before)
  }
  return (count / spentMs) * 1000
}

const since = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
