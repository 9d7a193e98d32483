import { onMounted, onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { DeviceStorage, StorageFacts } from '../../core/device-storage.ts'
import type { Examination } from '../../core/doctor.ts'
import type { Problem } from '../../ui/words.ts'

/** What is found of a device's storage, and what may be done about it. */
export const useStorage = (storage: DeviceStorage | undefined) => {
  const facts = shallowRef<Partial<StorageFacts>>({})
  const problem = shallowRef<Problem>()
  const isBusy = shallowRef(false)
  const freedBytes = shallowRef<number>()
  const isRefused = shallowRef(false)
  let looking: Examination | undefined

  const look = () => {
    looking?.stop()
    looking = storage?.look((found) => (facts.value = { ...facts.value, ...found }))
    // Its code may not come where the server is away.
    looking?.done.catch(() => (problem.value = { type: 'unreachable' }))
  }
  onMounted(look)
  onScopeDispose(() => looking?.stop())

  const tidy = async () => {
    if (!storage || isBusy.value) return
    isBusy.value = true
    problem.value = undefined
    freedBytes.value = undefined
    try {
      const tidied = await storage.tidy()
      if (tidied.ok) freedBytes.value = tidied.value
      else problem.value = tidied.problem
    } catch {
      problem.value = { type: 'unreachable' }
    }
    isBusy.value = false
    look()
  }

  const askToKeep = async () => {
    if (!storage) return
    const isPromised = await storage.askToKeep()
    isRefused.value = !isPromised
    facts.value = { ...facts.value, isPromised }
  }

  return {
    facts: shallowReadonly(facts),
    problem: shallowReadonly(problem),
    isBusy: shallowReadonly(isBusy),
    freedBytes: shallowReadonly(freedBytes),
    isRefused: shallowReadonly(isRefused),
    look,
    tidy,
    askToKeep,
  }
}
