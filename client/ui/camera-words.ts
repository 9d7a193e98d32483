import type { CameraState } from './camera.ts'
import { t } from './language/language.ts'

type CameraProblem = Extract<CameraState, { status: 'failed' }>['why']

/** What is wrong with the camera, and what to do (ux 32). Each is said anew when it is read, in the language spoken then. */
export const cameraWords: Readonly<Record<CameraProblem, string>> = {
  get denied() {
    return t('call.scanner.denied')
  },
  get missing() {
    return t('call.scanner.missing')
  },
  get busy() {
    return t('call.scanner.busy')
  },
  get unsupported() {
    return t('call.scanner.unsupported')
  },
}
