import { startServer } from '../server.ts'

/** A server in a process of its own, which tells its port, and what is alive in it whenever it is asked. */
const started = await startServer({
  dataFolder: process.env['HEARTH_DATA'] ?? '',
  // Never the data folder: whoever reads a file there and closes it lets go of SQLite's locks on it, which are the whole process's.
  clientFolder: process.env['HEARTH_CLIENT'] ?? '',
  host: '127.0.0.1',
  httpPort: 0,
  httpsPort: 'off',
})
if (!started.ok) throw new Error(JSON.stringify(started.problem))
const server = started.value

process.on('message', () => {
  globalThis.gc?.()
  process.send?.({ ...server.counts(), heapBytes: process.memoryUsage().heapUsed })
})
process.on('disconnect', () => process.exit(1))
process.send?.({ port: server.httpPort, link: server.ownerLink('http://localhost') })
