import { computed, shallowRef } from 'vue'
import type { MyAccount, MyDevice } from '../../core/account/my-account.ts'
import { useAttempt } from '../useAttempt.ts'
import { sortDevices } from './device-words.ts'

/** The devices of this account, as the server knows them; undefined until it has told. */
export const useDevices = (account: Pick<MyAccount, 'devices'>) => {
  const found = shallowRef<readonly MyDevice[]>()
  const { isBusy, problem, attempt } = useAttempt()
  const load = () => attempt(account.devices, (devices) => (found.value = devices))
  return { devices: computed(() => found.value && sortDevices(found.value)), isBusy, problem, load }
}
