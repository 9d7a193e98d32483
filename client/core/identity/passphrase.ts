import { drawBelow } from '../draw-below.ts'
import type { Random } from '../ports.ts'

/** Five of BIP39's 2,048 words are 55 bits: out of reach for whoever stole the server's data, and still typed on a phone. */
export const passphraseWords = 5

/** BIP39's English list, which a device needs for little else: it is loaded when it is asked for. */
export const loadWordlist = async (): Promise<readonly string[]> =>
  (await import('@scure/bip39/wordlists/english.js')).wordlist

/** A password that is easy to read and write down: "river-tiger-lamp-ocean-stove". */
export const drawPassphrase = (random: Random, wordlist: readonly string[]): string =>
  Array.from({ length: passphraseWords }, () => wordlist[drawBelow(random, wordlist.length)]).join('-')
