import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, ok, type Result } from '../shared/result.ts'
import { errorCode } from './data/atomic-file.ts'
import type { PortFlag, StartProblem } from './start-problem.ts'

export interface ListenOptions {
  host: string | undefined
  port: number
  flag: PortFlag
}

/** Listens; answers the port, which the system chose where 0 was asked for. */
export const listenOn = (
  server: Server,
  { host, port, flag }: ListenOptions,
): Promise<Result<number, StartProblem>> =>
  new Promise((resolve) => {
    const onError = (error: Error): void => {
      const code = errorCode(error)
      if (code === 'EADDRINUSE') resolve(fail({ type: 'portBusy', port, flag }))
      else if (code === 'EACCES') resolve(fail({ type: 'portNotAllowed', port, flag }))
      else if (host !== undefined && (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')) {
        resolve(fail({ type: 'hostNotHere', host }))
      } else resolve(fail({ type: 'cannotListen', port, detail: error.message }))
    }
    server.once('error', onError)
    server.listen({ host, port }, () => {
      server.off('error', onError)
      // Accepting can fail later as well, for want of file handles say: those in stay in, and Node tries again.
      server.on('error', () => undefined)
      resolve(ok((server.address() as AddressInfo).port))
    })
  })

/** Stops accepting, and settles once every connection has ended; those that take longer than `patienceMs` are cut. */
export const stopListening = (server: Server, patienceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), patienceMs)
    server.close(() => {
      clearTimeout(impatience)
      resolve()
    })
    server.closeIdleConnections()
  })
