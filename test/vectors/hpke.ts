import { openWith, sealTo } from '../../client/core/crypto/hpke.ts'
import { importKemKey } from '../../client/core/crypto/x25519.ts'
import { concatBytes, encodeUtf8, equalBytes, type Bytes } from '../../shared/crypto/bytes.ts'

const fromHex = (text: string): Bytes =>
  new Uint8Array((text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)))

/**
 * The RFC gives no vector for X25519 with AES-256-GCM. This one has the keys, info, plaintext and associated data of its appendix
 * A.1, and was sealed by an implementation of its own that gives BoringSSL's vector for this suite.
 */
const seed = fromHex('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8')
const publicKey = fromHex('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d')
const enc = fromHex('37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431')
const ciphertext = fromHex(
  '090b7dc225419f7da9e8b460becfbb96a26c7964d79b8010d397fa838530a32a397b14f5776db19ff5e57734e0',
)
const plaintext = encodeUtf8('Beauty is truth, truth beauty')
const purpose = { info: 'Ode on a Grecian Urn', additionalData: encodeUtf8('Count-0') }

/** What does not go as RFC 9180 says; nothing where all does. */
export const checkHpke = async (): Promise<string[]> => {
  const wrong: string[] = []
  const pair = await importKemKey(seed)
  if (!equalBytes(pair.publicKey, publicKey)) wrong.push('the public key')
  const opened = await openWith(pair, concatBytes(enc, ciphertext), purpose)
  if (!opened || !equalBytes(opened, plaintext)) wrong.push('opening')
  const again = await openWith(pair, await sealTo(pair.publicKey, plaintext, purpose), purpose)
  if (!again || !equalBytes(again, plaintext)) wrong.push('sealing')
  if (await openWith(pair, concatBytes(new Uint8Array(32), ciphertext), purpose))
    wrong.push('an enc of small order')
  return wrong
}
