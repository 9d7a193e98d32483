import { startServer } from '../../signaling/server.ts'
import type { LabServerConfig } from './programs.ts'

/** Runs inside one of the lab's homes: the family's server, as its box would. Says its link in one line of JSON. */
const config = JSON.parse(process.argv[2] ?? '') as LabServerConfig

const started = await startServer({ ...config, httpPort: 8080, httpsPort: 8443, trustProxy: false })
if (!started.ok) throw new Error(JSON.stringify(started.problem))
process.stdout.write(`${JSON.stringify({ link: started.value.ownerLink(config.origin) })}\n`)
process.on('SIGTERM', () => void started.value.close().then(() => process.exit(0)))
