import type { CameraState } from './camera.ts'

/** What is wrong with the camera, and what to do (ux 32). */
export const cameraWords: Readonly<Record<Extract<CameraState, { status: 'failed' }>['why'], string>> = {
  denied:
    'Hearth may not use the camera. Allow it for this page: tap the sign beside the address, then “Camera”. Or use one of the ways below.',
  missing: 'There is no camera here. Use one of the ways below.',
  busy: 'The camera does not answer: perhaps another app is using it. Close that, then try again.',
  unsupported: 'This browser does not let Hearth use the camera here. Use one of the ways below.',
}
