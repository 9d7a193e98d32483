import type { MyDevice } from '../../core/account/my-account.ts'
import type { Moments } from '../moments.ts'

/** What is to say about a device of one's own beside its name. */
export const describeDevice = (device: MyDevice, moments: Moments, nowMs: number): string => {
  if (device.isThisOne) return 'This device'
  if (!device.isSignedIn) return `Signed out, last seen ${moments.ago(device.lastSeenAt, nowMs)}`
  if (device.isConnected) return 'Connected now'
  return `Last seen ${moments.ago(device.lastSeenAt, nowMs)}`
}

/** This one, then who was here last. */
export const sortDevices = (devices: readonly MyDevice[]): MyDevice[] =>
  devices.toSorted(
    (a, b) =>
      Number(b.isThisOne) - Number(a.isThisOne) ||
      Number(b.isSignedIn) - Number(a.isSignedIn) ||
      Number(b.isConnected) - Number(a.isConnected) ||
      b.lastSeenAt - a.lastSeenAt,
  )
