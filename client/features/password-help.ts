import { drawPassphrase, loadWordlist } from '../core/identity/passphrase.ts'
import {
  judgePassword,
  loadJudge,
  type Judge,
  type PasswordStrength,
} from '../core/identity/password-strength.ts'
import { useRandom } from './random-key.ts'

/**
 * What `NewPasswordField` needs: `<NewPasswordField v-bind="usePasswordHelp()" …>`. Both answer undefined while the server, which
 * the lists come from, cannot be reached: they help, and nobody has to wait for them.
 */
export const usePasswordHelp = () => {
  const random = useRandom()
  let judge: Judge | undefined

  const estimate = async (
    password: string,
    about: readonly string[],
  ): Promise<PasswordStrength | undefined> => {
    try {
      judge ??= await loadJudge()
    } catch {
      return undefined
    }
    return judgePassword(judge, password, about)
  }

  const suggest = async (): Promise<string | undefined> => {
    const wordlist = await loadWordlist().catch(() => undefined)
    return wordlist && drawPassphrase(random, wordlist)
  }

  return { estimate, suggest }
}
