import type { AccountProblem } from '../../core/account/account-problem.ts'

export type Field = 'name' | 'password' | 'phrase'

const fields: Readonly<Partial<Record<AccountProblem['type'], Field>>> = {
  nameEmpty: 'name',
  nameTooLong: 'name',
  nameTaken: 'name',
  passwordTooShort: 'password',
  passwordTooLong: 'password',
  wrongLogin: 'password',
  notAPhrase: 'phrase',
  phraseUnknown: 'phrase',
}

/** The field in which a problem is to be mended; undefined: in none. */
export const fieldOf = (problem: AccountProblem): Field | undefined => fields[problem.type]
