import { shallowReadonly, shallowRef } from 'vue'
import type { LinkingRequest, MyAccount } from '../../core/account/my-account.ts'
import { useAttempt } from '../useAttempt.ts'
import { sentencesForPassword } from './account-words.ts'

/** Linking another device (I8): look at what it shows, compare the digits, approve with the password. */
export const useLinking = (account: Pick<MyAccount, 'readLinking'>) => {
  const request = shallowRef<LinkingRequest>()
  const isLinked = shallowRef(false)
  const looking = useAttempt()
  const approving = useAttempt(sentencesForPassword)

  const read = (link: string) =>
    looking.attempt(
      () => account.readLinking(link),
      (found) => (request.value = found),
    )

  const approve = async (password: string) => {
    const found = request.value
    if (!found) return
    await approving.attempt(
      () => found.approve(password),
      () => (isLinked.value = true),
    )
  }

  const startAgain = () => {
    request.value = undefined
    isLinked.value = false
  }

  return {
    request: shallowReadonly(request),
    isLinked: shallowReadonly(isLinked),
    isReading: looking.isBusy,
    isApproving: approving.isBusy,
    readProblem: looking.problem,
    approveProblem: approving.problem,
    read,
    approve,
    startAgain,
  }
}
