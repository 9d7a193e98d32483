import { linkLimits, logLimits } from '../../../shared/limits.ts'
import { createSerial } from '../log/serial.ts'

/** What one device sent and waits to be judged, in the order in which it came, over one Link after another. */
export interface Inbox {
  readonly isEmpty: boolean
  /** False for what is more than may wait (P3): it is dropped. */
  take(bytes: Uint8Array, handle: () => Promise<void>): boolean
  /** Has its turn after all that waits. */
  run(task: () => Promise<void>): Promise<void>
}

export const createInbox = (): Inbox => {
  const serial = createSerial()
  let waitingBytes = 0
  return {
    get isEmpty() {
      return waitingBytes === 0
    },
    take(bytes, handle) {
      const size = bytes.length + linkLimits.bookkeepingBytes
      if (waitingBytes + size > logLimits.maxWaitingBytes) return false
      waitingBytes += size
      void serial.run(handle).finally(() => {
        waitingBytes -= size
      })
      return true
    },
    run: (task) => serial.run(task),
  }
}
