import type { ConnectionState } from './hearth.ts'
import { createValue, type Value } from './value.ts'

/** Whether what was said before may still be on its way to this device. */
export interface ComingHistory {
  readonly isComing: Value<boolean>
  /** All that another device has is here. */
  onCaughtUp(): void
  close(): void
}

/** @param isNew nothing was ever shown here: an empty room may only look like one. */
export const watchComingHistory = (connection: Value<ConnectionState>, isNew: boolean): ComingHistory => {
  let hasAll = !isNew
  const look = () => {
    const { server, linkedDevices } = connection.get()
    return !hasAll && (linkedDevices > 0 || server === 'notYet' || server === 'connecting')
  }
  const isComing = createValue(look())
  const refresh = () => isComing.set(look())
  return {
    isComing,
    onCaughtUp() {
      hasAll = true
      refresh()
    },
    close: connection.subscribe(refresh),
  }
}
