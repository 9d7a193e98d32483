import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Whether nobody listens there yet, by UDP and TCP, on any of the addresses. Ones this machine no longer has do not count. */
export const isPortFree = async (port: number, addresses: readonly string[]): Promise<boolean> => {
  for (const address of addresses)
    if (!(await isUdpFree(port, address)) || !(await isTcpFree(port, address))) return false
  return true
}

const isTaken = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'EADDRINUSE' || error.code === 'EACCES'

const isUdpFree = (port: number, address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', ipv6Only: true })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close()
      resolve(!isTaken(error))
    })
    socket.bind({ port, address, exclusive: true }, () => socket.close(() => resolve(true)))
  })

const isTcpFree = (port: number, address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(!isTaken(error)))
    server.listen({ port, host: address, exclusive: true, ipv6Only: true }, () =>
      server.close(() => resolve(true)),
    )
  })

const askEveryMs = 100

/** Asks a STUN server (RFC 8489) for an answer until it gives one; false after `patienceMs`. */
export const answersStun = (port: number, address: string, patienceMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    const request = Buffer.concat([Buffer.from('000100002112a442', 'hex'), randomBytes(12)])
    const settle = (isThere: boolean): void => {
      clearInterval(asking)
      clearTimeout(impatience)
      socket.close()
      resolve(isThere)
    }
    // Nobody there yet: the next one asks again.
    socket.on('error', () => undefined)
    socket.on('message', (answer) => {
      if (answer.subarray(8, 20).equals(request.subarray(8, 20))) settle(true)
    })
    const ask = (): void => socket.send(request, port, address, () => undefined)
    const asking = setInterval(ask, askEveryMs)
    const impatience = setTimeout(() => settle(false), patienceMs)
    ask()
  })
