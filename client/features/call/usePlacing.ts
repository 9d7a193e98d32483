import { computed, shallowRef } from 'vue'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { Sending } from '../../core/call/words.ts'
import type { Room } from '../../core/hearth.ts'
import { readLocalStorage } from '../../ui/local-storage.ts'
import type { CallDesk } from '../call-stage.ts'
import { nextPlacing, type Placing } from './placing.ts'

const previewedKey = 'hearth.call-previewed'

const hasPreviewed = (): boolean => {
  try {
    return readLocalStorage()?.getItem(previewedKey) === 'yes'
  } catch {
    return false
  }
}
const notePreviewed = () => {
  try {
    readLocalStorage()?.setItem(previewedKey, 'yes')
  } catch {
    // Full: it is shown once more.
  }
}

export const sendingWith = (camera: boolean): Sending => ({
  audio: 'on',
  camera,
  screen: false,
  hand: false,
})

/** From the wish to call or join to being in the call, with whatever has to be asked in between. */
export const usePlacing = ({ calls, stage }: CallDesk) => {
  const placing = shallowRef<Placing>()
  const step = computed(() => {
    if (!placing.value) return undefined
    const next = nextPlacing(placing.value, hasPreviewed())
    return next.type === 'go' ? undefined : next
  })

  const proceed = (now: Placing) => {
    const next = nextPlacing(now, hasPreviewed())
    if (next.type !== 'go') {
      placing.value = now
      return
    }
    const sending = sendingWith(now.withVideo)
    if (now.verb === 'Join') calls.join(now.room.id, sending)
    else calls.call(now.room.id, { called: next.called, sending })
    placing.value = undefined
  }

  const change = (more: Partial<Placing>) => {
    if (placing.value) proceed({ ...placing.value, ...more })
  }

  return {
    placing,
    step,
    /** Where a call goes on in the room, it is the wish to come in. */
    place(room: Room, withVideo: boolean) {
      const running = calls.view.get().running.get(room.id)
      proceed({ room, verb: running ? 'Join' : 'Call', withVideo, inIt: running?.accounts ?? [] })
    },
    choose: (called: readonly AccountId[]) => change({ called }),
    goOnWarned: () => change({ isWarned: true }),
    start(withVideo: boolean) {
      notePreviewed()
      change({ withVideo, isPreviewed: true })
      // What the call does not need goes off.
      if (!withVideo) stage.endPreview()
    },
    cancel: () => (placing.value = undefined),
  }
}
