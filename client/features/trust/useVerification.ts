import { shallowReadonly, shallowRef } from 'vue'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { Trust } from '../../core/account/family-office.ts'
import { useAttempt } from '../useAttempt.ts'

/** Comparing safety numbers with somebody, by eye or by camera (I7). */
export const useVerification = (trust: Trust, account: AccountId) => {
  const number = shallowRef('')
  const code = shallowRef<string>()
  const isScanning = shallowRef(false)
  const scanned = shallowRef<'match' | 'mismatch' | 'notACode'>()
  const { isBusy, problem, attempt } = useAttempt()

  void trust.safetyNumber(account).then((found) => (number.value = found))
  void trust.safetyCode(account).then((found) => (code.value = found))

  const setVerified = (isVerified: boolean) => {
    // What was scanned before says nothing about what is marked now.
    if (!isVerified) scanned.value = undefined
    return attempt(
      () => trust.setVerified(account, isVerified),
      () => undefined,
    )
  }

  const scan = () => {
    scanned.value = undefined
    isScanning.value = true
  }

  const check = async (text: string) => {
    if (!isScanning.value) return
    isScanning.value = false
    scanned.value = await trust.checkCode(account, text)
    if (scanned.value === 'match') await setVerified(true)
    // Whoever was taken for verified and shows another code is not.
    if (scanned.value === 'mismatch')
      await attempt(
        () => trust.setVerified(account, false),
        () => undefined,
      )
  }

  return {
    number: shallowReadonly(number),
    code: shallowReadonly(code),
    isScanning: shallowReadonly(isScanning),
    scanned: shallowReadonly(scanned),
    isBusy,
    problem,
    setVerified,
    scan,
    stopScanning: () => (isScanning.value = false),
    check,
  }
}
