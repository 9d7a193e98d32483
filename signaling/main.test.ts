import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readInvitationLink } from '../shared/invitation-link.ts'
import { newFolder } from './testing/test-server.ts'

/** The server as it is really started: what it prints, and how it ends. */
const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./main.ts', import.meta.url)), ...args])

const ended = async (child: ChildProcess): Promise<{ code: number | null; said: string; warned: string }> => {
  const said: Buffer[] = []
  const warned: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => warned.push(chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said: Buffer.concat(said).toString('utf8'), warned: Buffer.concat(warned).toString('utf8') }
}

const timeoutMs = 30_000

test(
  'a wrong setting is one sentence and exit code 2',
  async () => {
    const { code, warned } = await ended(start(['--http-port', 'abc']))
    expect([code, warned]).toEqual([2, '--http-port must be a port from 0 to 65535, not "abc".\n'])
  },
  timeoutMs,
)

test(
  'a busy port is one sentence and exit code 1',
  async () => {
    const busy = createServer().listen(0, '127.0.0.1')
    await once(busy, 'listening')
    const { port } = busy.address() as AddressInfo
    const ports = ['--http-port', String(port), '--https-port', '0', '--host', '127.0.0.1', '--turn', 'off']
    const { code, warned } = await ended(start([...ports, '--data', await newFolder()]))
    busy.close()
    expect(code).toBe(1)
    expect(warned).toContain(`Port ${port} is already in use`)
    expect(warned.trim()).not.toContain('\n')
  },
  timeoutMs,
)

test(
  'A1, S7: it tells the first account’s link, and ends with 0 on SIGTERM',
  async () => {
    const child = start([
      '--http-port',
      '0',
      '--https-port',
      '0',
      '--host',
      '127.0.0.1',
      '--turn',
      'off',
      '--data',
      await newFolder(),
    ])
    child.stdout?.once('data', () => child.kill('SIGTERM'))
    const { code, said, warned } = await ended(child)
    expect([code, warned]).toEqual([0, ''])
    const link = /https:\/\/127\.0\.0\.1:\d+\/(?<fragment>#\S+)/.exec(said)?.groups?.['fragment'] ?? ''
    expect(readInvitationLink(link)).toBeDefined()
    expect(said).toContain('/trust')
  },
  timeoutMs,
)
