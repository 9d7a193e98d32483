import { inject, onScopeDispose, provide, watch, type ShallowRef } from 'vue'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Tiles } from '../../core/call/words.ts'
import { linesShown } from './grid-fit.ts'
import { createShownSizes, shownSizesKey, type PictureKind } from './shown-sizes.ts'

const later = (run: () => void, afterMs: number) => {
  const timer = setTimeout(run, afterMs)
  return () => clearTimeout(timer)
}

export const provideShownSizes = (show: (device: DeviceId, tiles: Tiles) => void) => {
  const sizes = createShownSizes(show, later)
  onScopeDispose(sizes.close)
  provide(shownSizesKey, sizes)
}

/** Follows how large an element is that shows a picture of somebody else's; undefined while it shows none. */
export const useShownSize = (
  element: Readonly<ShallowRef<HTMLElement | null>>,
  what: () => { device: DeviceId; kind: PictureKind; fit: 'cover' | 'contain' } | undefined,
) => {
  const sizes = inject(shownSizesKey, undefined)
  if (!sizes) return
  const place = {}
  let size = { width: 0, height: 0 }
  let page: Document | undefined

  const tell = () => {
    const shown = what()
    if (!shown || !page) return sizes.forget(place)
    const isVisible = page.visibilityState === 'visible'
    const ratio = page.defaultView?.devicePixelRatio ?? 1
    const lines = isVisible ? linesShown(size, shown.fit, ratio) : 0
    sizes.tell(place, { device: shown.device, kind: shown.kind, lines })
  }
  const observer = new ResizeObserver(([entry]) => {
    if (entry) size = { width: entry.contentRect.width, height: entry.contentRect.height }
    tell()
  })
  const leave = () => {
    observer.disconnect()
    page?.removeEventListener('visibilitychange', tell)
    page = undefined
  }
  watch(
    element,
    (now) => {
      leave()
      if (!now) return sizes.forget(place)
      page = now.ownerDocument
      page.addEventListener('visibilitychange', tell)
      observer.observe(now)
    },
    { immediate: true, flush: 'post' },
  )
  watch(() => JSON.stringify(what() ?? null), tell)
  onScopeDispose(() => {
    leave()
    sizes.forget(place)
  })
}
