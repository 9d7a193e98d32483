import { compare, hash } from 'bcrypt'
import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The peer: what most servers do with a password, with bcrypt at cost 12. It keeps its one account and its sessions in memory. */
const account = { name: 'Ada', hash: await hash('password of Ada', 12) }
const sessions = new Set<string>()

const logIn = async (body: string): Promise<{ status: number; cookie?: string }> => {
  const { name, password } = JSON.parse(body) as { name: string; password: string }
  if (name !== account.name || !(await compare(password, account.hash))) return { status: 403 }
  const token = randomBytes(32).toString('base64url')
  sessions.add(createHash('sha256').update(token).digest('base64url'))
  return { status: 200, cookie: `session=${token}; HttpOnly` }
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    void logIn(Buffer.concat(chunks).toString('utf8')).then(({ status, cookie }) => {
      response.writeHead(status, cookie === undefined ? {} : { 'Set-Cookie': cookie }).end()
    })
  })
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
