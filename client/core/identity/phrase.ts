import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { copyBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { seedBytes } from './account-keys.ts'

/** I1: the seed as 24 words of BIP39's English list, the last with a check sum. */
export const phraseOf = (seed: Bytes): string[] => entropyToMnemonic(seed, wordlist).split(' ')

/** The seed of 24 words in any case and spacing, or undefined where they are not a phrase. */
export const readPhrase = (text: string): Bytes | undefined => {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)
  try {
    const seed = copyBytes(mnemonicToEntropy(words.join(' '), wordlist))
    return seed.length === seedBytes ? seed : undefined
  } catch {
    return undefined // the library's one answer to unknown words and to a wrong check sum
  }
}
