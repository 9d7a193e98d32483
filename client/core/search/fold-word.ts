import { searchLimits } from '../../../shared/limits.ts'

/** Accents of Latin, Greek and Cyrillic, points of Hebrew and vowel signs of Arabic. In other scripts such marks are letters. */
const marks = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]+/gu

/** Letters that are no other letter with a mark, and are written as others by who has no such key. */
const others: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
  ى: 'ي',
  ة: 'ه',
}
const otherLetters = /[ßøæœłđðþıςىة]/gu

const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false
  return true
}

const fold = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(otherLetters, (letter) => others[letter] ?? letter)

/** What a word is looked for by: without case, width and accents, and of a very long one the beginning. */
export const foldWord = (word: string): string => {
  const folded = isAscii(word) ? word.toLowerCase() : fold(word)
  if (folded.length <= searchLimits.maxWordChars) return folded
  // Nothing is cut in the middle of a character.
  return folded.slice(0, searchLimits.maxWordChars).replace(/[\ud800-\udbff]$/u, '')
}
