import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loginFinishPath, loginStartPath } from '../../shared/login.ts'
import { beginLogin } from '../../signaling/testing/test-opaque.ts'
import { clientFor } from '../../signaling/testing/test-server.ts'
import { startChild } from './child.ts'

/** A server that people sign in to. */
export interface Contestant {
  cpuMs(): Promise<number>
  /** `who` of `people` signs in, from the name to the server's yes. */
  logIn(who: number): Promise<void>
  stop(): void
}

export const people = 8

/** As a browser does: connections are kept. */
const agent = new Agent({ keepAlive: true })

const post = (port: number, path: string, body: object): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const headers = { origin: `http://localhost:${port}`, host: `localhost:${port}` }
    const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      )
    })
    sent.on('error', reject)
    sent.end(text)
  })

export const startBcrypt = async (): Promise<Contestant> => {
  const { ready, cpuMs, stop } = await startChild<{ port: number }>('./bcrypt-server.ts')
  return {
    cpuMs,
    stop,
    logIn: async () => {
      const { status } = await post(ready.port, '/', { name: 'Ada', password: 'password of Ada' })
      if (status !== 200) throw new Error(`the peer said ${status}`)
    },
  }
}

export interface Hearth extends Contestant {
  /** The name of somebody who has an account. */
  knownName: string
  /** Milliseconds until the server's first answer to a name. */
  timeStart(name: string): Promise<number>
}

export const startHearth = async (): Promise<Hearth> => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'))
  const child = await startChild<{ port: number; link: string }>('./hearth-server.ts', {
    HEARTH_DATA: folder,
  })
  const { port, link } = child.ready
  const client = clientFor(port, link)
  const accounts = [await client.owner()]
  while (accounts.length < people) accounts.push(await client.join())
  const guess = beginLogin('a guess')
  return {
    cpuMs: child.cpuMs,
    knownName: accounts[0]?.name ?? '',
    logIn: async (who) => {
      const { name, password } = accounts[who % accounts.length]!
      const login = beginLogin(password)
      const started = await post(port, loginStartPath, { name, request: login.request })
      const { ticket, response } = JSON.parse(started.text) as { ticket: string; response: string }
      const finish = login.finish(response)?.finishLoginRequest
      const { status } = await post(port, loginFinishPath, { ticket, finish })
      if (status !== 200) throw new Error(`ours said ${status}`)
    },
    timeStart: async (name) => {
      const before = performance.now()
      await post(port, loginStartPath, { name, request: guess.request })
      return performance.now() - before
    },
    stop: () => {
      child.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
