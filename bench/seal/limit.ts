import { concatBytes, decodeUtf8 } from '../../shared/crypto/bytes.ts'
import { encodeUtf8, type Bytes } from '../../shared/crypto/bytes.ts'
import { logLimits } from '../../shared/limits.ts'
import { mustBe } from '../built-page/must.ts'
import { openRows } from './rows.ts'
import { clocked, noTimes, type Times } from './stopwatch.ts'

/** As long as ours are, of a typical message. */
const entryBytes = 182
const headerBytes = 188
const paddedBytes = 64

interface Sealed {
  iv: Bytes
  header: Bytes
  body: Bytes
  signature: Bytes
}

let databases = 0

/**
 * WebCrypto and one transaction, and nothing around them: an encryption and a signature an entry, each after the one before, as a writer
 * makes them and as a chain must be (E2); a verification a slice, a decryption an entry, all at once.
 */
export const sayBarely = async (texts: readonly string[]): Promise<Times> => {
  const rows = await openRows(`limit-${databases++}`)
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('the platform made no key pair')
  const times = noTimes()

  const sent = await clocked(times, 'say', async () => {
    const sealed: Sealed[] = []
    for (const text of texts) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const padded = new Uint8Array(paddedBytes)
      padded.set(encodeUtf8(text))
      const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, padded))
      const header = concatBytes(body, new Uint8Array(headerBytes - body.length))
      const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, header))
      sealed.push({ iv, header, body, signature })
    }
    return sealed
  })

  const perSlice = Math.floor(logLimits.syncSliceBytes / entryBytes)
  const read: (string | undefined)[] = []
  await clocked(times, 'take', async () => {
    for (let from = 0; from < sent.length; from += perSlice) {
      const newest = sent[Math.min(from + perSlice, sent.length) - 1]
      const isGood =
        newest && (await crypto.subtle.verify('Ed25519', pair.publicKey, newest.signature, newest.header))
      mustBe(isGood === true, 'a signature is good')
    }
    const opened = await Promise.all(
      sent.map(({ iv, body }) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, body)),
    )
    await rows.put(sent.map(({ body }) => body))
    read.push(...opened.map((text) => decodeUtf8(new Uint8Array(text))))
  })
  mustBe(read.length === texts.length, 'every text is read')
  mustBe((await rows.count()) === texts.length, 'every entry is on the disk')
  rows.close()
  return times
}
