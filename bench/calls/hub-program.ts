import { startHub } from './hub.ts'

/** Runs inside one of the lab's devices: `hub-program.ts FOLDER HOST PORT`. */
const [folder = '', host = '', port = ''] = process.argv.slice(2)
await startHub(folder, host, Number(port))
process.stdout.write('listening\n')
