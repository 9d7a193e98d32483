import { shallowReadonly, shallowRef, watch, type Ref } from 'vue'
import type * as HomeParts from './home-parts.ts'
import type { Notices, NoticesOptions } from './start-notices.ts'

/** Notifications of the home screen; undefined until their code is here. */
export const useHomeNotices = (options: {
  parts: Readonly<Ref<typeof HomeParts | undefined>>
  /** Renewed every minute. */
  nowMs: Readonly<Ref<number>>
  notices: Omit<NoticesOptions, 'sinceMs' | 'onCount'>
}) => {
  const { parts, nowMs } = options
  const sinceMs = Date.now()
  const notices = shallowRef<Notices>()
  /** What the title counts. */
  const count = shallowRef(0)
  watch(
    parts,
    (loaded, _before, onCleanup) => {
      if (!loaded) return
      const started = loaded.startNotices({
        ...options.notices,
        sinceMs,
        onCount: (counted) => (count.value = counted),
      })
      notices.value = started
      onCleanup(started.close)
    },
    { immediate: true },
  )
  watch(nowMs, () => notices.value?.look())
  return { notices: shallowReadonly(notices), count: shallowReadonly(count) }
}
