import * as node from 'node:crypto'
import type { SeededRandom } from '../seeded-random.ts'
import { exportPromptKey, importPromptKey, isCurve, promptPair, type PromptKey } from './prompt-keys.ts'

/**
 * WebCrypto as the simulator needs it. WebCrypto answers from other threads, in an order that no seed decides, and each answer costs a
 * turn of the event loop. `prompt` gives the same answers by the same OpenSSL in the same turn, and remembers what one device has
 * verified for the others. `real` is WebCrypto itself, one call after the other, so that it too is the same each time.
 */
export type CryptoMode = 'prompt' | 'real'

export interface SimulatedCrypto {
  /** From here on the process' WebCrypto. Ephemeral keys and random bytes come from `random`. */
  install(mode: CryptoMode, random: SeededRandom): void
  /** How many answers of the real one are awaited. */
  readonly pending: number
  /** Forgets what was worked out since it was called first. */
  forget(): void
}

type Data = ArrayBuffer | Uint8Array
type Parameters = string | { name: string; [parameter: string]: unknown }

const bytesOf = (data: unknown): Uint8Array => {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  if (data instanceof Uint8Array) return data
  throw new Error('not bytes')
}
const answer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
const named = (parameters: Parameters) => (typeof parameters === 'string' ? { name: parameters } : parameters)
const tagBytes = 16
const poolSize = 64

/** What has been worked out before, by everything it depends on. */
export interface Memory<Value> {
  recall(parts: readonly Uint8Array[], work: () => Value): Value
}

/** What is kept for good is known to all schedules; the rest is forgotten after each. */
const createMemories = () => {
  const fresh: Map<string, unknown>[] = []
  let keepsForGood = true
  return {
    create<Value>(): Memory<Value> {
      const [kept, recent] = [new Map<string, Value>(), new Map<string, Value>()]
      fresh.push(recent)
      return {
        recall(parts, work) {
          const name = parts.map(asText).join('\u{ffff}')
          const before = kept.get(name) ?? recent.get(name)
          if (before !== undefined) return before
          const value = work()
          ;(keepsForGood ? kept : recent).set(name, value)
          return value
        },
      }
    },
    forget() {
      keepsForGood = false
      for (const recent of fresh) recent.clear()
    },
  }
}
const asText = (part: Uint8Array): string =>
  Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1')

const createPromptSubtle = (random: () => SeededRandom) => {
  const memories = createMemories()
  const verdicts = memories.create<boolean>()
  const secrets = memories.create<Buffer>()
  const keys = memories.create<PromptKey>()
  const derived = memories.create<ArrayBuffer>()
  const opened = memories.create<Buffer>()
  /** Keys that nobody needs to have for themselves come from a pool: what is agreed with them is then known as well. */
  const ephemeral = memories.create<ReturnType<typeof promptPair>>()

  const handleOf = (key: PromptKey): node.KeyObject => {
    if (!key.handle) throw new Error('not a key of a curve')
    return key.handle
  }
  const hmac = (key: PromptKey, data: Uint8Array) =>
    node.createHmac('sha256', key.bytes).update(data).digest()

  const agree = (key: PromptKey, other: PromptKey): Buffer =>
    secrets.recall([key.bytes, other.bytes], () =>
      node.diffieHellman({ privateKey: handleOf(key), publicKey: handleOf(other) }),
    )

  const operations = {
    digest: (_algorithm: string, data: Data) => answer(node.hash('sha256', bytesOf(data), 'buffer')),

    importKey(format: string, data: Data, algorithm: Parameters, extractable: boolean, usages: KeyUsage[]) {
      const bytes = bytesOf(data)
      const wish = { format, bytes, algorithm: named(algorithm), extractable, usages }
      const { name } = wish.algorithm
      if (format !== 'raw' || !isCurve(name)) return importPromptKey(wish)
      return keys.recall([bytes, Buffer.from(`${name} ${usages.join(' ')}`)], () => importPromptKey(wish))
    },
    exportKey: (format: string, key: PromptKey) => exportPromptKey(format, key),
    generateKey(algorithm: Parameters, extractable: boolean, usages: KeyUsage[]) {
      if (named(algorithm).name !== 'X25519') throw new Error('only ephemeral keys are made here')
      const seed = new Uint8Array(32).fill(1 + random().below(poolSize))
      return ephemeral.recall([seed], () => promptPair('X25519', seed, extractable, usages))
    },

    sign: (algorithm: Parameters, key: PromptKey, data: Data) =>
      answer(
        named(algorithm).name === 'HMAC'
          ? hmac(key, bytesOf(data))
          : node.sign(null, bytesOf(data), handleOf(key)),
      ),
    verify: (_algorithm: Parameters, key: PromptKey, signature: Data, data: Data) =>
      verdicts.recall([key.bytes, bytesOf(signature), bytesOf(data)], () =>
        node.verify(null, bytesOf(data), handleOf(key), bytesOf(signature)),
      ),

    deriveBits(parameters: { name: string; [parameter: string]: unknown }, key: PromptKey, bits: number) {
      if (parameters.name === 'X25519') return answer(agree(key, parameters['public'] as PromptKey))
      const [salt, info] = [bytesOf(parameters['salt']), bytesOf(parameters['info'])]
      const parts = [Uint8Array.of(bits / 8, key.bytes.length, salt.length), key.bytes, salt, info]
      return derived.recall(parts, () => node.hkdfSync('sha256', key.bytes, salt, info, bits / 8)).slice(0)
    },

    encrypt(parameters: { iv: Data; additionalData?: Data }, key: PromptKey, data: Data) {
      const cipher = node.createCipheriv('aes-256-gcm', key.bytes, bytesOf(parameters.iv))
      if (parameters.additionalData) cipher.setAAD(bytesOf(parameters.additionalData))
      return answer(Buffer.concat([cipher.update(bytesOf(data)), cipher.final(), cipher.getAuthTag()]))
    },
    decrypt(parameters: { iv: Data; additionalData?: Data }, key: PromptKey, data: Data) {
      const box = bytesOf(data)
      const [iv, associated] = [
        bytesOf(parameters.iv),
        bytesOf(parameters.additionalData ?? new Uint8Array(0)),
      ]
      const plaintext = opened.recall([key.bytes, iv, box, associated], () => {
        const decipher = node.createDecipheriv('aes-256-gcm', key.bytes, iv)
        decipher.setAAD(associated)
        decipher.setAuthTag(box.subarray(-tagBytes))
        return Buffer.concat([decipher.update(box.subarray(0, -tagBytes)), decipher.final()])
      })
      return answer(plaintext)
    },
  }
  return { operations, forget: memories.forget }
}

type Operations = ReturnType<typeof createPromptSubtle>['operations']
type Operation = keyof Operations

/** There is one in a process, as with the WebCrypto whose place it takes: libraries keep what they have found. */
const createSimulatedCrypto = (): SimulatedCrypto => {
  let mode: CryptoMode = 'real'
  let random: SeededRandom | undefined
  let pending = 0
  let last: Promise<unknown> = Promise.resolve()
  const prompt = createPromptSubtle(() => {
    if (!random) throw new Error('the simulated crypto is not installed')
    return random
  })

  const askReal = (operation: Operation, given: unknown[]): Promise<unknown> => {
    pending += 1
    const work = last.then(() =>
      (node.webcrypto.subtle[operation] as (...given: unknown[]) => Promise<unknown>)(...given),
    )
    last = work.catch(() => undefined)
    const done = () => void (pending -= 1)
    work.then(done, done)
    return work
  }
  const askPrompt = (operation: Operation, given: unknown[]): Promise<unknown> => {
    try {
      return Promise.resolve((prompt.operations[operation] as (...given: unknown[]) => unknown)(...given))
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }
  const subtle = Object.fromEntries(
    Object.keys(prompt.operations).map((name) => {
      const operation = name as Operation
      return [name, (...given: unknown[]) => (mode === 'real' ? askReal : askPrompt)(operation, given)]
    }),
  )
  const installed = {
    subtle,
    getRandomValues<Values extends NodeJS.ArrayBufferView>(values: Values): Values {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
      bytes.set(random?.bytes(bytes.length) ?? node.randomBytes(bytes.length))
      return values
    },
  }

  return {
    install(chosen, from) {
      mode = chosen
      random = from
      if (globalThis.crypto !== (installed as unknown))
        Object.defineProperty(globalThis, 'crypto', { value: installed, configurable: true, writable: true })
    },
    get pending() {
      return pending
    },
    forget: prompt.forget,
  }
}

export const simulatedCrypto = createSimulatedCrypto()
