import { startServer } from '../../signaling/server.ts'

/** Ours, as it is, with one thing turned: how often anybody may try (A6). Tries are still counted, in the store. */
const started = await startServer({
  dataFolder: process.env['HEARTH_DATA'] ?? '',
  host: '127.0.0.1',
  httpPort: 0,
  httpsPort: 'off',
  limits: { perAddress: 1e9, perAccount: 1e9 },
})
if (!started.ok) throw new Error(JSON.stringify(started.problem))
process.send?.({ port: started.value.httpPort, link: started.value.ownerLink('http://localhost') })
