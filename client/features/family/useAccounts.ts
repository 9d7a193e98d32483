import { computed, shallowRef } from 'vue'
import type { AccountRow } from '../../../shared/accounts.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { FamilyOffice } from '../../core/account/family-office.ts'
import { useAttempt } from '../useAttempt.ts'

/** What the server knows of the family's accounts; undefined until it has told. Shared by the pages that show it. */
export const useAccounts = (office: Pick<FamilyOffice, 'accounts'>) => {
  const rows = shallowRef<readonly AccountRow[]>()
  const { isBusy, problem, attempt } = useAttempt()
  return {
    rows,
    isBusy,
    problem,
    load: () => attempt(office.accounts, (found) => (rows.value = found)),
    rowOf: (id: AccountId) => rows.value?.find(({ account }) => account === id),
    waiting: computed(() => (rows.value ?? []).filter(({ isWaiting }) => isWaiting)),
  }
}
export type Accounts = ReturnType<typeof useAccounts>
