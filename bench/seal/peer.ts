import { ed25519 } from '@noble/curves/ed25519.js'
import { concatBytes, decodeUtf8, encodeUtf8 } from '../../shared/crypto/bytes.ts'
import { mustBe } from '../built-page/must.ts'
import { openRows } from './rows.ts'
import { clocked, noTimes, type Times } from './stopwatch.ts'

let databases = 0

/** The obvious way: each message sealed, signed, verified, opened and stored by itself, with the signatures in JavaScript. */
export const sayPlainly = async (texts: readonly string[]): Promise<Times> => {
  const rows = await openRows(`peer-${databases++}`)
  const { secretKey, publicKey } = ed25519.keygen()
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const times = noTimes()
  const sent = await clocked(times, 'say', async () => {
    const sealed = []
    for (const text of texts) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, encodeUtf8(text)))
      sealed.push({ sentAt: Date.now(), iv, body, signature: ed25519.sign(concatBytes(iv, body), secretKey) })
    }
    return sealed
  })
  const read: (string | undefined)[] = []
  await clocked(times, 'take', async () => {
    for (const message of sent) {
      const { iv, body, signature } = message
      mustBe(ed25519.verify(signature, concatBytes(iv, body), publicKey), 'a signature is good')
      const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, body)
      await rows.put([message])
      read.push(decodeUtf8(new Uint8Array(text)))
    }
  })
  mustBe(read.join() === texts.join(), 'every text is read')
  mustBe((await rows.count()) === texts.length, 'every entry is on the disk')
  rows.close()
  return times
}
