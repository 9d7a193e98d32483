import { t } from '../../ui/language/language.ts'
import { sentencesFor, type Problem } from '../../ui/words.ts'

/** Where nothing but the password was asked, nothing else can be wrong. */
export const sentencesForPassword = (problem: Problem): string =>
  problem.type === 'wrongLogin' ? t('account.shared.wrongPassword') : sentencesFor(problem)
