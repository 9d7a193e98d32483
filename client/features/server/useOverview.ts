import { shallowReadonly, shallowRef } from 'vue'
import type { ServerOverview } from '../../../shared/server-overview.ts'
import type { FamilyOffice } from '../../core/account/family-office.ts'
import { useAttempt } from '../useAttempt.ts'

/** How the server does, asked for on opening and whenever somebody wants to know again. */
export const useOverview = (office: Pick<FamilyOffice, 'overview'>) => {
  const overview = shallowRef<ServerOverview>()
  const { isBusy, problem, attempt } = useAttempt()
  const load = () => attempt(office.overview, (found) => (overview.value = found))
  void load()
  return { overview: shallowReadonly(overview), isBusy, problem, load }
}
