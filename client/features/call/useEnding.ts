import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'
import type { Calls } from '../../core/call/create-calls.ts'
import type { CallView } from '../../core/call/call-view.ts'
import type { LogId } from '../../core/ports.ts'
import { endingNotice, noticeMs, type EndingNotice } from './call-words.ts'

/** Why a call is over, said for a moment. Nothing where whoever looks has ended it themselves. */
export const useEnding = (calls: Pick<Calls, 'view' | 'dismiss'>) => {
  const notice = shallowRef<EndingNotice & { room: LogId }>()
  let before: CallView['status'] = 'idle'
  let isMyDoing = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const clear = () => {
    clearTimeout(timer)
    notice.value = undefined
  }
  const dismiss = () => {
    clear()
    calls.dismiss()
  }
  const follow = (view: CallView) => {
    if (view.status === before) return
    const was = before
    before = view.status
    clear()
    if (view.status !== 'ended') return
    const words = endingNotice(was, view, isMyDoing)
    isMyDoing = false
    if (words === undefined) {
      calls.dismiss()
      return
    }
    notice.value = { ...words, room: view.room }
    timer = setTimeout(dismiss, noticeMs(words))
  }
  follow(calls.view.get())
  onScopeDispose(calls.view.subscribe(follow))
  onScopeDispose(() => clearTimeout(timer))
  return {
    notice: shallowReadonly(notice),
    dismiss,
    /** What ends now is ended here. */
    endMyself(end: () => void) {
      isMyDoing = true
      end()
      isMyDoing = false
    },
  }
}
