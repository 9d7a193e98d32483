/**
 * The two platform globals the core may use, which every browser, worker and Node has. They are declared here since the
 * core compiles without DOM and without Node types; anything else of the platform does not compile in it.
 */

/** In shape the DOM's CryptoKey, so that libraries take it. */
interface WebCryptoKey {
  readonly type: 'private' | 'public' | 'secret'
  readonly extractable: boolean
  readonly algorithm: { name: string }
  readonly usages: (
    'decrypt' | 'deriveBits' | 'deriveKey' | 'encrypt' | 'sign' | 'unwrapKey' | 'verify' | 'wrapKey'
  )[]
}

interface SubtleCryptoSubset {
  digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  importKey(
    format: 'raw' | 'pkcs8',
    data: Uint8Array<ArrayBuffer>,
    algorithm: string | { name: string; hash?: string },
    extractable: boolean,
    usages: string[],
  ): Promise<WebCryptoKey>
  exportKey(format: 'jwk', key: WebCryptoKey): Promise<{ x?: string }>
  sign(algorithm: string, key: WebCryptoKey, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  verify(
    algorithm: string,
    key: WebCryptoKey,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>
  deriveBits(algorithm: object, key: WebCryptoKey, bitCount: number): Promise<ArrayBuffer>
  encrypt(algorithm: object, key: WebCryptoKey, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
  decrypt(algorithm: object, key: WebCryptoKey, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
}

declare const crypto: { readonly subtle: SubtleCryptoSubset }

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: boolean })
  decode(bytes: Uint8Array): string
}
