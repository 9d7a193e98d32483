import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { ConnectionDoctor, DoctorFacts, Examination } from '../../core/doctor.ts'

/** One examination at a time; the one before is given up, and so is the last when the page goes. */
export const useExamination = (doctor: ConnectionDoctor | undefined) => {
  const facts = shallowRef<Partial<DoctorFacts>>({})
  const isBusy = shallowRef(false)
  let running: Examination | undefined

  const look = async (): Promise<void> => {
    running?.stop()
    facts.value = {}
    const mine = doctor?.examine((found) => (facts.value = { ...facts.value, ...found }))
    running = mine
    if (!mine) return
    isBusy.value = true
    await mine.done
    if (running === mine) isBusy.value = false
  }
  onScopeDispose(() => running?.stop())
  void look()

  return { facts: shallowReadonly(facts), isBusy: shallowReadonly(isBusy), look }
}
