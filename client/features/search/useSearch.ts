import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { asksSomething } from '../../core/search/query.ts'
import type { Found, Search } from '../../core/search/search.ts'
import { searchLimits } from '../../../shared/limits.ts'
import { asked, queryOf } from './asked.ts'

const firstShown = 30
/** How long after older messages were still being read it is asked again. */
const againMs = 1_000

/** What is found by what stands in the fields, as they change. */
export const useSearch = (search: Pick<Search, 'find'>) => {
  const found = shallowRef<Found>()
  const limit = shallowRef(firstShown)
  const query = computed(() => queryOf(asked.value, limit.value))
  let latest: { aborted: boolean } = { aborted: true }
  let timer: ReturnType<typeof setTimeout> | undefined

  const stop = () => {
    clearTimeout(timer)
    latest.aborted = true
  }
  const ask = async () => {
    stop()
    if (!asksSomething(query.value)) return void (found.value = undefined)
    const signal: typeof latest = { aborted: false }
    latest = signal
    const answer = await search.find(query.value, signal)
    if (signal.aborted) return
    found.value = answer
    if (answer.type === 'found' && !answer.isWhole) timer = setTimeout(() => void ask(), againMs)
  }
  watch(query, ask, { immediate: true })
  watch(asked, () => (limit.value = firstShown))
  onScopeDispose(stop)

  return { found, showMore: () => (limit.value = searchLimits.maxHits) }
}
