import { computed, inject, shallowRef } from 'vue'
import { createValue } from '../../core/value.ts'
import { useValue } from '../../ui/useValue.ts'
import { updateOfferKey, type UpdateOffer } from '../update-offer.ts'

/** The newer Hearth that may be offered now: not one that was put off, and none during a call (ux 43). */
export const useUpdate = ({ isInCall }: { isInCall: () => boolean }) => {
  const offer = useValue(inject(updateOfferKey, () => createValue<UpdateOffer | undefined>(undefined), true))
  const putOff = shallowRef<UpdateOffer>()
  return {
    update: computed(() => (isInCall() || offer.value === putOff.value ? undefined : offer.value)),
    putUpdateOff: () => void (putOff.value = offer.value),
  }
}
