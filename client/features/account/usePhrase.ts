import { computed, shallowReadonly, shallowRef } from 'vue'
import { pickPlaces, wrongPlaces } from '../../core/identity/phrase-check.ts'
import type { MyAccount } from '../../core/account/my-account.ts'
import type { Random } from '../../core/ports.ts'
import { formatNumber, t } from '../../ui/language/language.ts'
import { useAttempt } from '../useAttempt.ts'
import { sentencesForPassword } from './account-words.ts'

type Step = 'locked' | 'shown' | 'asked' | 'kept'

/** The recovery phrase: the password opens it, two of its words show that it is on paper now (ux 4). */
export const usePhrase = (account: Pick<MyAccount, 'readPhrase' | 'keptPhrase'>, random: Random) => {
  const step = shallowRef<Step>('locked')
  const words = shallowRef<readonly string[]>([])
  const places = shallowRef<readonly number[]>([])
  const given = shallowRef<readonly string[]>([])
  const wrong = shallowRef<readonly number[]>([])
  const { isBusy, problem, attempt } = useAttempt(sentencesForPassword)

  const show = (password: string) =>
    attempt(
      () => account.readPhrase(password),
      (read) => {
        words.value = read
        step.value = 'shown'
      },
    )

  const ask = () => {
    places.value = pickPlaces(random, words.value.length)
    given.value = places.value.map(() => '')
    wrong.value = []
    step.value = 'asked'
  }

  const check = () => {
    const answers = new Map(places.value.map((place, index) => [place, given.value[index] ?? '']))
    wrong.value = wrongPlaces(words.value, answers)
    if (wrong.value.length > 0) return
    account.keptPhrase()
    // Nothing on the screen needs them any more.
    words.value = []
    step.value = 'kept'
  }

  const give = (index: number, word: string) => (given.value = given.value.with(index, word))

  return {
    step: shallowReadonly(step),
    words: shallowReadonly(words),
    questions: computed(() =>
      places.value.map((place, index) => ({
        label: t('account.phrase.word', { number: formatNumber(place + 1) }),
        word: given.value[index] ?? '',
        isWrong: wrong.value.includes(place),
      })),
    ),
    isBusy,
    problem,
    show,
    ask,
    look: () => (step.value = 'shown'),
    give,
    check,
  }
}
