import * as v from 'valibot'
import { importSealingKey } from '../../client/core/crypto/aes-gcm.ts'
import { hkdfSha256 } from '../../client/core/crypto/hkdf.ts'
import { importKemKey } from '../../client/core/crypto/x25519.ts'
import { concatBytes, equalBytes, type Bytes } from '../../shared/crypto/bytes.ts'
import { parsePublicKey, verifySignature } from '../../shared/crypto/ed25519.ts'
import { parseKemKey } from '../../shared/crypto/x25519-key.ts'

/**
 * Project Wycheproof's vectors through our own functions, in whatever platform this runs: Node, Chromium, Firefox. In our profile:
 * AES-GCM with keys of 256, nonces of 96 and tags of 128 bits. Where a vector is "acceptable", rule I6 says which way.
 */

export const wycheproofFiles = ['aes_gcm', 'ed25519', 'x25519', 'hkdf_sha256'] as const
export type WycheproofFile = (typeof wycheproofFiles)[number]
export type Vectors = Record<WycheproofFile, unknown>

/** How many cases there must be: a run that skips some is no proof. */
export const expectedCounts: Record<WycheproofFile, number> = {
  aes_gcm: 66,
  ed25519: 151,
  x25519: 518,
  hkdf_sha256: 86,
}

export interface VectorReport {
  run: number
  /** The cases that did not go as they must. */
  failed: string[]
}

const fromHex = (text: string): Bytes =>
  new Uint8Array((text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)))
const hex = v.pipe(v.string(), v.regex(/^([0-9a-f]{2})*$/), v.transform(fromHex))
const caseFields = {
  tcId: v.number(),
  flags: v.array(v.string()),
  result: v.picklist(['valid', 'acceptable', 'invalid']),
}

const aesSchema = v.object({
  testGroups: v.array(
    v.object({
      keySize: v.number(),
      ivSize: v.number(),
      tagSize: v.number(),
      tests: v.array(
        v.object({
          ...caseFields,
          key: hex,
          iv: hex,
          aad: hex,
          msg: hex,
          ct: hex,
          tag: hex,
        }),
      ),
    }),
  ),
})
const ed25519Schema = v.object({
  testGroups: v.array(
    v.object({
      publicKey: v.object({ pk: hex }),
      tests: v.array(v.object({ ...caseFields, msg: hex, sig: hex })),
    }),
  ),
})
const x25519Schema = v.object({
  testGroups: v.array(
    v.object({
      tests: v.array(v.object({ ...caseFields, public: hex, private: hex, shared: hex })),
    }),
  ),
})
const hkdfSchema = v.object({
  testGroups: v.array(
    v.object({
      tests: v.array(
        v.object({
          ...caseFields,
          ikm: hex,
          salt: hex,
          info: hex,
          size: v.number(),
          okm: hex,
        }),
      ),
    }),
  ),
})

interface Case {
  name: string
  isRight: () => Promise<boolean>
}

const aesCases = (file: unknown): Case[] =>
  v
    .parse(aesSchema, file)
    .testGroups.filter(({ keySize, ivSize, tagSize }) => keySize === 256 && ivSize === 96 && tagSize === 128)
    .flatMap(({ tests }) => tests)
    .map(({ tcId, result, key, iv, aad, msg, ct, tag }) => ({
      name: `aes_gcm ${tcId}`,
      async isRight() {
        const context = { nonce: iv, additionalData: aad }
        const sealing = await importSealingKey(key)
        const opened = await sealing.open(concatBytes(ct, tag), context)
        if (result === 'invalid') return opened === undefined
        const sealed = await sealing.seal(msg, context)
        return opened !== undefined && equalBytes(opened, msg) && equalBytes(sealed, concatBytes(ct, tag))
      },
    }))

const ed25519Cases = (file: unknown): Case[] =>
  v.parse(ed25519Schema, file).testGroups.flatMap(({ publicKey, tests }) =>
    tests.map(({ tcId, result, msg, sig }) => ({
      name: `ed25519 ${tcId}`,
      async isRight() {
        const key = parsePublicKey(publicKey.pk)
        const isGood = key.ok && (await verifySignature(key.value, sig, msg))
        return isGood === (result === 'valid')
      },
    })),
  )

/** I6: what gives a secret that everybody knows, or has two ways to be written. */
const refusedFlags = ['ZeroSharedSecret', 'NonCanonicalPublic']

const x25519Cases = (file: unknown): Case[] =>
  v.parse(x25519Schema, file).testGroups.flatMap(({ tests }) =>
    tests.map((one) => ({
      name: `x25519 ${one.tcId}`,
      async isRight() {
        const mustRefuse = one.flags.some((flag) => refusedFlags.includes(flag))
        const key = parseKemKey(one.public)
        if (!key.ok) return mustRefuse
        const pair = await importKemKey(one.private)
        const secret = await pair.agree(key.value)
        return secret === undefined ? mustRefuse : !mustRefuse && equalBytes(secret, one.shared)
      },
    })),
  )

const hkdfCases = (file: unknown): Case[] =>
  v.parse(hkdfSchema, file).testGroups.flatMap(({ tests }) =>
    tests.map(({ tcId, result, ikm, salt, info, size, okm }) => ({
      name: `hkdf_sha256 ${tcId}`,
      async isRight() {
        const derived = await hkdfSha256(ikm, { salt, info }, size).catch(() => undefined)
        return derived ? result === 'valid' && equalBytes(derived, okm) : result === 'invalid'
      },
    })),
  )

const casesOf: Record<WycheproofFile, (file: unknown) => Case[]> = {
  aes_gcm: aesCases,
  ed25519: ed25519Cases,
  x25519: x25519Cases,
  hkdf_sha256: hkdfCases,
}

const runCases = async (cases: readonly Case[]): Promise<VectorReport> => {
  const failed: string[] = []
  for (const { name, isRight } of cases) {
    // An exception that escapes one of our functions is a failure too.
    if (!(await isRight().catch(() => false))) failed.push(name)
  }
  return { run: cases.length, failed }
}

/** Takes the files as JSON gives them. */
export const runWycheproof = async (vectors: Vectors): Promise<Record<WycheproofFile, VectorReport>> => ({
  aes_gcm: await runCases(casesOf.aes_gcm(vectors.aes_gcm)),
  ed25519: await runCases(casesOf.ed25519(vectors.ed25519)),
  x25519: await runCases(casesOf.x25519(vectors.x25519)),
  hkdf_sha256: await runCases(casesOf.hkdf_sha256(vectors.hkdf_sha256)),
})

/** What the report must be. */
export const wholeReport = Object.fromEntries(
  wycheproofFiles.map((file) => [file, { run: expectedCounts[file], failed: [] }]),
)
