import { computed, shallowRef } from 'vue'
import type { InvitationRow } from '../../../shared/invitations.ts'
import type { FamilyOffice } from '../../core/account/family-office.ts'
import { useAttempt } from '../useAttempt.ts'

/** The invitations that are not over for long; undefined until the server has told. */
export const useInvitations = (office: Pick<FamilyOffice, 'invitations' | 'revokeInvitation'>) => {
  const rows = shallowRef<readonly InvitationRow[]>()
  const loading = useAttempt()
  const revoking = useAttempt()
  const load = () => loading.attempt(office.invitations, (found) => (rows.value = found))
  const revoke = (id: string) =>
    revoking.attempt(
      () => office.revokeInvitation(id),
      () => void load(),
    )
  return {
    rows,
    isBusy: revoking.isBusy,
    problem: computed(() => revoking.problem.value ?? loading.problem.value),
    load,
    revoke,
  }
}
export type Invitations = ReturnType<typeof useInvitations>
