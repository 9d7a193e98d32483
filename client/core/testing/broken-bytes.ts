import { concatBytes, type Bytes } from '../../../shared/crypto/bytes.ts'

/** Every beginning of the bytes that is not all of them. */
export const truncations = (bytes: Uint8Array): Bytes[] =>
  Array.from(bytes, (_byte, length) => new Uint8Array(bytes.subarray(0, length)))

/** The bytes with something after them. */
export const withLeftovers = (bytes: Uint8Array): Bytes[] =>
  [Uint8Array.of(0), new Uint8Array(64)].map((rest) => concatBytes(bytes, rest))

/** The bytes with one bit changed, for every bit. */
export const bitFlips = (bytes: Uint8Array): Bytes[] =>
  Array.from({ length: bytes.length * 8 }, (_nothing, bit) => {
    const flipped = new Uint8Array(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return flipped
  })

/** How many of these a reader takes. */
export const countTaken = async (all: readonly Bytes[], read: (bytes: Bytes) => unknown): Promise<number> => {
  const taken = await Promise.all(all.map((bytes) => read(bytes)))
  return taken.filter((value) => value !== undefined).length
}

/** Without Buffer: tests read this in a browser too. */
const hex = (text: string): Bytes =>
  Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))

/** Ed25519 keys for which anybody can sign, and spellings of keys that are not the canonical one (I6). */
export const badSigningKeys: readonly Bytes[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
].map(hex)

/** X25519 keys that make a secret known to everybody, and those beyond the field or with the top bit set (RFC 7748, I6). */
export const badKemKeys: readonly Bytes[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0900000000000000000000000000000000000000000000000000000000000080',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880',
].map(hex)
