import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** What a TURN server answered: 0 for success, else its error code (RFC 8656). */
export interface TurnAnswer {
  code: number
  attributes: ReadonlyMap<number, Buffer>
}

export interface TurnCredentials {
  username: string
  credential: string
}

/** As much of TURN over UDP as it takes to find out what a server allows: RFC 8489's messages, RFC 8656's methods. */
export interface TurnClient {
  bind(): Promise<TurnAnswer>
  /** Asks for a relayed address, once without credentials to get the nonce, then with them. */
  allocate(credentials: TurnCredentials): Promise<TurnAnswer>
  refresh(credentials: TurnCredentials): Promise<TurnAnswer>
  /** Asks to be let talk with `address` (IPv4). */
  permit(credentials: TurnCredentials, address: string): Promise<TurnAnswer>
  /** By way of the relay, to where it was permitted. Nothing answers. */
  send(address: string, port: number, data: string): void
  /** The next bytes that came by way of the relay. */
  received(): Promise<string>
  close(): void
}

const methods = { binding: 0x001, allocate: 0x003, refresh: 0x004, send: 0x006, data: 0x007, permit: 0x008 }
export const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  lifetime: 0x000d,
  peer: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
}
const cookie = Buffer.from('2112a442', 'hex')
const udp = Buffer.from([17, 0, 0, 0])
const again = 438

type Attribute = [type: number, value: Buffer]

const encodeAttribute = ([type, value]: Attribute): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc(-value.length & 3)])
}

const encode = (type: number, transaction: Buffer, attributes: readonly Attribute[], spare = 0): Buffer => {
  const body = Buffer.concat(attributes.map(encodeAttribute))
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(body.length + spare, 2)
  return Buffer.concat([head, cookie, transaction, body])
}

const decodeAttributes = (message: Buffer): Map<number, Buffer> => {
  const attributes = new Map<number, Buffer>()
  for (let at = 20; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2)
    attributes.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length))
    at += 4 + length + (-length & 3)
  }
  return attributes
}

const toPeer = (address: string, port: number): Buffer => {
  const value = Buffer.alloc(8)
  value[1] = 1
  value.writeUInt16BE(port ^ 0x2112, 2)
  for (const [at, part] of address.split('.').entries()) value[4 + at] = Number(part) ^ (cookie[at] ?? 0)
  return value
}

/** The IPv4 address and port of an XOR- attribute. */
export const readAddress = (value: Buffer): { address: string; port: number } => ({
  address: [...value.subarray(4, 8)].map((part, at) => part ^ (cookie[at] ?? 0)).join('.'),
  port: value.readUInt16BE(2) ^ 0x2112,
})

const codeOf = (attributes: ReadonlyMap<number, Buffer>): number => {
  const error = attributes.get(attribute.error)
  return error === undefined ? 0 : (error[2] ?? 0) * 100 + (error[3] ?? 0)
}

export const openTurnClient = async (port: number, host = '127.0.0.1'): Promise<TurnClient> => {
  const socket: Socket = createSocket('udp4')
  const asked = new Map<string, (message: Buffer) => void>()
  const waiting: ((data: string) => void)[] = []
  let realm: Buffer = Buffer.alloc(0)
  let nonce: Buffer = Buffer.alloc(0)
  socket.on('message', (message) => {
    if (message.readUInt16BE(0) === (methods.data | 0x010)) {
      waiting.shift()?.(decodeAttributes(message).get(attribute.data)?.toString() ?? '')
    } else asked.get(message.subarray(8, 20).toString('hex'))?.(message)
  })
  socket.connect(port, host)
  await once(socket, 'connect')

  const ask = async (method: number, given: Attribute[], with_?: TurnCredentials): Promise<TurnAnswer> => {
    const transaction = randomBytes(12)
    let message: Buffer
    if (with_ === undefined) message = encode(method, transaction, given)
    else {
      const named: Attribute[] = [
        ...given,
        [attribute.username, Buffer.from(with_.username)],
        [attribute.realm, realm],
        [attribute.nonce, nonce],
      ]
      const key = createHash('md5')
        .update(`${with_.username}:${realm.toString()}:${with_.credential}`)
        .digest()
      const signed = encode(method, transaction, named, 24)
      const integrity = createHmac('sha1', key).update(signed).digest()
      message = Buffer.concat([signed, encodeAttribute([attribute.integrity, integrity])])
    }
    const answered = new Promise<Buffer>((resolve) => asked.set(transaction.toString('hex'), resolve))
    socket.send(message)
    const attributes = decodeAttributes(await answered)
    realm = attributes.get(attribute.realm) ?? realm
    nonce = attributes.get(attribute.nonce) ?? nonce
    const code = codeOf(attributes)
    return code === again && with_ !== undefined ? ask(method, given, with_) : { code, attributes }
  }

  return {
    bind: () => ask(methods.binding, []),
    async allocate(credentials) {
      const wish: Attribute[] = [[attribute.transport, udp]]
      await ask(methods.allocate, wish)
      return ask(methods.allocate, wish, credentials)
    },
    refresh: (credentials) => ask(methods.refresh, [], credentials),
    permit: (credentials, address) =>
      ask(methods.permit, [[attribute.peer, toPeer(address, 0)]], credentials),
    send(address, peerPort, data) {
      const said: Attribute[] = [
        [attribute.peer, toPeer(address, peerPort)],
        [attribute.data, Buffer.from(data)],
      ]
      socket.send(encode(methods.send | 0x010, randomBytes(12), said))
    },
    received: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => void socket.close(),
  }
}
