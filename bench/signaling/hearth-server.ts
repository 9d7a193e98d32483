import { startServer } from '../../signaling/server.ts'

/**
 * Ours, as it is, with one thing turned: the rate each socket may send at (S5). The bucket is still asked for each frame; it
 * never runs dry.
 */
const started = await startServer({
  dataFolder: process.env['HEARTH_DATA'] ?? '',
  host: '127.0.0.1',
  httpPort: 0,
  httpsPort: 'off',
  limits: { messagesPerSecond: 1e9, messageBurst: 1e9 },
})
if (!started.ok) throw new Error(JSON.stringify(started.problem))
process.send?.({ port: started.value.httpPort })
