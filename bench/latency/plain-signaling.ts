import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import path from 'node:path'

const program = path.join(import.meta.dirname, '..', '..', 'node_modules', 'y-webrtc', 'bin', 'server.js')

const freePort = async (): Promise<number> => {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** With y-webrtc's own signaling server, whose address is given. */
export const withPlainSignaling = async (use: (address: string) => Promise<void>): Promise<void> => {
  const port = await freePort()
  const signaling = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(signaling.stdout, 'data')
    await use(`ws://127.0.0.1:${port}`)
  } finally {
    signaling.kill()
  }
}
