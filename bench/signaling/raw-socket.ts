import { connect } from 'node:net'

/**
 * A WebSocket client that costs next to nothing: it writes frames made beforehand and counts bytes. So it is the server that
 * is measured, not the load.
 */
export interface RawSocket {
  write(frame: Buffer): void
  /** Called with each piece that arrives. */
  onBytes(listener: (count: number) => void): void
  /** The text of the next frame that arrives whole. */
  nextText(): Promise<string>
  close(): void
}

export const openRawSocket = async (
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<RawSocket> => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => undefined)
  const lines = Object.entries({
    Host: `localhost:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  // What comes before anybody asks is kept: a frame may arrive together with the one before it, or ahead of the question.
  let waiting = Buffer.alloc(0)
  let listen = (piece: Buffer): void => {
    waiting = Buffer.concat([waiting, piece])
    wake()
  }
  let wake: () => void = () => undefined
  socket.on('data', (piece: Buffer) => listen(piece))
  socket.on('close', () => wake())
  const take = async (lengthOf: (bytes: Buffer) => number | undefined): Promise<Buffer> => {
    for (;;) {
      const length = lengthOf(waiting)
      if (length !== undefined && length <= waiting.length) {
        const taken = waiting.subarray(0, length)
        waiting = waiting.subarray(length)
        return taken
      }
      if (socket.destroyed) throw new Error('the server hung up')
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  const answer = (await take(headLength)).toString('latin1')
  if (!answer.startsWith('HTTP/1.1 101')) throw new Error(`no socket: ${answer.split('\r\n')[0] ?? ''}`)
  // Pongs that nobody asked for (RFC 6455, 5.5.3): a server that pings would else take us for dead in a long run.
  const pongs = setInterval(() => void socket.write(pongFrame), 5_000)
  pongs.unref()
  socket.on('close', () => clearInterval(pongs))
  return {
    write: (frame) => void socket.write(frame),
    onBytes: (listener) => {
      listen = (piece) => listener(piece.length)
    },
    nextText: async () => textOf(await take(frameLength)),
    close: () => socket.destroy(),
  }
}

const pongFrame = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])

const headLength = (bytes: Buffer): number | undefined => {
  const end = bytes.indexOf('\r\n\r\n')
  return end < 0 ? undefined : end + 4
}

const frameLength = (bytes: Buffer): number | undefined => {
  if (bytes.length < 4) return undefined
  const short = bytes.readUInt8(1) & 127
  return short === 126 ? 4 + bytes.readUInt16BE(2) : 2 + short
}

const textOf = (frame: Buffer): string => {
  const short = (frame[1] ?? 0) & 127
  return frame.subarray(short === 126 ? 4 : 2).toString('utf8')
}

/** One masked text frame (RFC 6455, 5.2), of at most 64 KiB. */
export const textFrame = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const mask = Buffer.from([0x12, 0x34, 0x56, 0x78])
  const { length } = payload
  const header = length < 126 ? [0x81, 0x80 | length] : [0x81, 0x80 | 126, length >> 8, length & 255]
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return Buffer.concat([Buffer.from(header), mask, masked])
}
