import { shallowReadonly, shallowRef } from 'vue'

/** Signs out once, however often it is pressed. What comes then is no matter of the screen that asked. */
export const useLeaving = (signOut: () => Promise<void>) => {
  const isBusy = shallowRef(false)
  const leave = async () => {
    if (isBusy.value) return
    isBusy.value = true
    try {
      await signOut()
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy: shallowReadonly(isBusy), leave }
}
