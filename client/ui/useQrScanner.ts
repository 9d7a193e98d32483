import { onScopeDispose, shallowReadonly, shallowRef, watch, type ShallowRef } from 'vue'
import { createCamera, type CameraState } from './camera.ts'
import { createQrReader } from './qr-reading.ts'

interface ScannerOptions {
  video: Readonly<ShallowRef<HTMLVideoElement | null>>
  onScanned(text: string): void
}

const lookEveryMs = 150

/** Shows the camera in `video` and reads codes from it until the scope ends; photos are read too. */
export const useQrScanner = ({ video, onScanned }: ScannerOptions) => {
  const camera = shallowRef<CameraState>({ status: 'closed' })
  const read = createQrReader()
  // Without a secure context there is no `mediaDevices`, whatever the type says.
  const devices = (navigator as Partial<Navigator>).mediaDevices
  const device = createCamera(devices, (state) => (camera.value = state))
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastRead: string | undefined
  let isOver = false

  const look = async () => {
    const text = video.value === null ? undefined : await read(video.value)
    if (isOver || camera.value.status !== 'showing') return
    // It goes on looking, for a code that is not the wanted one may be followed by one that is.
    timer = setTimeout(() => void look(), lookEveryMs)
    if (text === undefined || text === lastRead) return
    lastRead = text
    onScanned(text)
  }

  watch(
    [camera, video],
    ([state, element]) => {
      clearTimeout(timer)
      if (element === null) return
      element.srcObject = state.status === 'showing' ? state.stream : null
      if (state.status === 'showing') timer = setTimeout(() => void look(), lookEveryMs)
    },
    { flush: 'post' },
  )

  /** Reads a photo instead. False: there is no code in it. */
  const readPhoto = async (photo: Blob): Promise<boolean> => {
    const picture = await createImageBitmap(photo).catch(() => undefined)
    const text = picture && (await read(picture))
    picture?.close()
    if (text !== undefined && !isOver) onScanned(text)
    return text !== undefined
  }

  onScopeDispose(() => {
    isOver = true
    clearTimeout(timer)
    device.close()
  })
  void device.open()

  return { camera: shallowReadonly(camera), readPhoto, tryAgain: () => void device.open() }
}
