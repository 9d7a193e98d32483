import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** A key as the prompt crypto keeps it: in shape a CryptoKey, with what Node works with behind it. */
export interface PromptKey {
  readonly type: 'private' | 'public' | 'secret'
  readonly extractable: boolean
  readonly algorithm: { name: string }
  readonly usages: readonly KeyUsage[]
  /** Raw bytes of a public or secret key, the seed of a private one. */
  readonly bytes: Buffer
  /** For the curves only. */
  readonly handle?: KeyObject
}

/** The DER frames around raw keys (RFC 8410): the last byte of the object identifier tells the curves apart. */
const curves = { Ed25519: 0x70, X25519: 0x6e } as const
type Curve = keyof typeof curves
export const isCurve = (name: string): name is Curve => name in curves

const pkcs8Frame = (curve: Curve) =>
  Buffer.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, curves[curve], 4, 0x22, 4, 0x20])
const spkiFrame = (curve: Curve) =>
  Buffer.from([0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, curves[curve], 3, 0x21, 0])

const privateHandle = (curve: Curve, seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Frame(curve), seed]), format: 'der', type: 'pkcs8' })

const publicHandle = (curve: Curve, bytes: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiFrame(curve), bytes]), format: 'der', type: 'spki' })

const publicBytes = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(-32)

export interface KeyWish {
  format: string
  bytes: Uint8Array
  algorithm: { name: string }
  extractable: boolean
  usages: readonly KeyUsage[]
}

/** Throws for what WebCrypto would refuse, and for what nobody here asks of it. */
export const importPromptKey = ({ format, bytes, algorithm, extractable, usages }: KeyWish): PromptKey => {
  const { name } = algorithm
  const common = { extractable, algorithm, usages }
  const raw = Buffer.from(bytes)
  if (format === 'pkcs8' && isCurve(name)) {
    if (raw.length !== 48 || !raw.subarray(0, 16).equals(pkcs8Frame(name)))
      throw new Error('not a PKCS#8 key')
    const seed = raw.subarray(16)
    return { ...common, type: 'private', bytes: seed, handle: privateHandle(name, seed) }
  }
  if (format !== 'raw') throw new Error(`keys are not imported as ${format} here`)
  if (!isCurve(name)) return { ...common, type: 'secret', bytes: raw }
  if (raw.length !== 32) throw new Error('not a key of 32 bytes')
  return { ...common, type: 'public', bytes: raw, handle: publicHandle(name, raw) }
}

/** The pair of a private key's 32 bytes. */
export const promptPair = (
  curve: Curve,
  seed: Uint8Array,
  extractable: boolean,
  usages: readonly KeyUsage[],
): { privateKey: PromptKey; publicKey: PromptKey } => {
  const handle = privateHandle(curve, Buffer.from(seed))
  const ofPublic = createPublicKey(handle)
  const algorithm = { name: curve }
  return {
    privateKey: { type: 'private', extractable, algorithm, usages, bytes: Buffer.from(seed), handle },
    publicKey: {
      type: 'public',
      extractable: true,
      algorithm,
      usages: [],
      bytes: publicBytes(ofPublic),
      handle: ofPublic,
    },
  }
}

export const exportPromptKey = (format: string, key: PromptKey): ArrayBuffer | JsonWebKey => {
  if (format === 'raw' && key.type !== 'private') return new Uint8Array(key.bytes).buffer
  if (format === 'jwk' && key.handle && key.extractable) return key.handle.export({ format: 'jwk' })
  throw new Error(`this key is not exported as ${format} here`)
}
