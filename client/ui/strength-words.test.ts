import { expect, test } from 'vitest'
import type { PasswordStrength } from '../core/identity/password-strength.ts'
import { t } from './language/language.ts'
import { levels, levelWords, sayStrength, warningWords, type Strength } from './strength-words.ts'

/** The core's scale is this one, or this does not compile. */
const asStrength = (strength: PasswordStrength): Strength => strength

test('ux 36: how well a password holds is said in words, not by colour alone', () => {
  expect(new Set(levels.map((level) => t(levelWords[level]))).size).toBe(levels.length)
  expect(sayStrength(asStrength({ level: 'weak', warning: 'date' }))).toBe(
    `${t(warningWords.date)} You may use it, but a longer one is safer.`,
  )
  expect(sayStrength(asStrength({ level: 'strong' }))).toBe('')
})
