import { onScopeDispose, shallowReadonly, shallowRef } from 'vue'

/** TypeScript does not know it yet (https://wicg.github.io/document-picture-in-picture/). */
interface DocumentPictureInPicture {
  requestWindow(options: { width: number; height: number }): Promise<Window>
}

const documentPip = (): DocumentPictureInPicture | undefined =>
  'documentPictureInPicture' in window
    ? (window.documentPictureInPicture as DocumentPictureInPicture)
    : undefined

/** A window of its own knows none of our styles. */
const bringStyles = (to: Document) => {
  to.documentElement.lang = document.documentElement.lang
  to.documentElement.dir = document.documentElement.dir
  for (const sheet of document.querySelectorAll('link[rel=stylesheet], style'))
    to.head.append(to.importNode(sheet, true))
}

/** The call over other windows (ux 29): all of it where the browser can, else the picture of whoever is large. */
export const usePictureInPicture = (video: () => HTMLVideoElement | undefined, onOpened: () => void) => {
  const target = shallowRef<HTMLElement>()
  let opened: Window | undefined

  const openWindow = async (pip: DocumentPictureInPicture) => {
    let shown: Window
    try {
      shown = await pip.requestWindow({ width: 360, height: 280 })
    } catch {
      return // out of no click, or the browser will not now
    }
    opened = shown
    bringStyles(shown.document)
    shown.addEventListener('pagehide', () => (target.value = undefined), { once: true })
    target.value = shown.document.body
    onOpened()
  }

  const openVideo = async () => {
    try {
      const shown = video()
      await shown?.requestPictureInPicture()
      if (shown) onOpened()
    } catch {
      // Not before its first picture; another press may do.
    }
  }

  onScopeDispose(() => opened?.close())

  const needsVideo = documentPip() === undefined && document.pictureInPictureEnabled

  return {
    isThere: documentPip() !== undefined || needsVideo,
    /** There has to be a picture of its own to show. */
    needsVideo,
    /** The body of the other window; undefined while there is none. */
    target: shallowReadonly(target),
    open: () => {
      const pip = documentPip()
      void (pip ? openWindow(pip) : openVideo())
    },
  }
}
