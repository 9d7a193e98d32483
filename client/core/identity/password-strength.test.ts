import { expect, test } from 'vitest'
import { accountLimits } from '../../../shared/limits.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { drawPassphrase, loadWordlist } from './passphrase.ts'
import { judgePassword, loadJudge, type Judgement } from './password-strength.ts'

const says =
  (score: Judgement['score'], warning: string | null = null) =>
  () => ({ score, warning })

test.each([
  [0, 'weak'],
  [1, 'weak'],
  [2, 'fair'],
  [3, 'good'],
  [4, 'strong'],
] as const)('a score of %i is %s', (score, level) => {
  expect(judgePassword(says(score), 'long enough', [])).toEqual({ level, warning: undefined })
})

test('below the least length nobody is asked; it counts what people see as characters', () => {
  const never = () => {
    throw new Error('asked')
  }
  expect(judgePassword(never, 'x'.repeat(accountLimits.minPasswordChars - 1), [])).toEqual({
    level: 'tooShort',
  })
  expect(judgePassword(never, '🔥'.repeat(accountLimits.minPasswordChars - 1), [])).toEqual({
    level: 'tooShort',
  })
  expect(judgePassword(says(4), '🔥'.repeat(accountLimits.minPasswordChars), []).level).toBe('strong')
})

test('warnings go with weak passwords only, and one that is not known is left out', () => {
  expect(judgePassword(says(1, 'topTen'), '12345678', []).warning).toBe('common')
  expect(judgePassword(says(3, 'topTen'), '12345678', []).warning).toBeUndefined()
  expect(judgePassword(says(1, 'somethingNew'), '12345678', []).warning).toBeUndefined()
})

test('a very long password is judged by its beginning, so that typing stays fast', () => {
  let judged = ''
  judgePassword(
    (password) => {
      judged = password
      return { score: 4, warning: null }
    },
    'a'.repeat(accountLimits.maxPasswordChars),
    [],
  )
  expect(judged).toHaveLength(64)
})

test('the real judge: what people choose is weak and says why, five drawn words are strong', async () => {
  const judge = await loadJudge()
  const strengthOf = (password: string, about: string[] = []) => judgePassword(judge, password, about)
  expect(strengthOf('12345678')).toEqual({ level: 'weak', warning: 'common' })
  expect(strengthOf('aaaaaaaaaa')).toEqual({ level: 'weak', warning: 'repeats' })
  expect(strengthOf('qwertzuiop')).toEqual({ level: 'weak', warning: 'keyboard' })
  expect(strengthOf('13.05.1984')).toEqual({ level: 'weak', warning: 'date' })
  expect(strengthOf('Lindqvist1', ['Anna', 'Lindqvist'])).toEqual({ level: 'weak', warning: 'aboutYou' })
  const wordlist = await loadWordlist()
  for (let seed = 0; seed < 50; seed++) {
    expect(strengthOf(drawPassphrase(createSeededRandom(seed), wordlist)).level).toBe('strong')
  }
})
