import { connect, type Socket } from 'node:net'

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
  const lines = Object.entries({
    Host: `localhost:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const answer = await nextPiece(socket)
  if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) {
    throw new Error(`no socket: ${answer.toString('latin1').split('\r\n')[0] ?? ''}`)
  }
  return {
    write: (frame) => void socket.write(frame),
    onBytes: (listener) => {
      socket.removeAllListeners('data')
      socket.on('data', (piece) => listener(piece.length))
    },
    nextText: async () => textOf(await nextPiece(socket)),
    close: () => socket.destroy(),
  }
}

const nextPiece = (socket: Socket): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('data', (piece: Buffer) => {
      socket.off('error', reject)
      resolve(piece)
    })
  })

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
