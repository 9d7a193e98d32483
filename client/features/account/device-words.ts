import type { MyDevice } from '../../core/account/my-account.ts'
import { t } from '../../ui/language/language.ts'
import type { Moments } from '../moments.ts'

/** What is to say about a device of one's own beside its name. */
export const describeDevice = (device: MyDevice, moments: Moments, nowMs: number): string => {
  if (device.isThisOne) return t('account.devices.thisOne')
  const when = moments.ago(device.lastSeenAt, nowMs)
  if (!device.isSignedIn) return t('account.devices.signedOut', { when })
  if (device.isConnected) return t('account.devices.connected')
  return t('account.devices.lastSeen', { when })
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
