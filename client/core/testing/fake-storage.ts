import { ok } from '../../../shared/result.ts'
import type { DeviceStorage, StorageFacts, StoredLog } from '../device-storage.ts'
import { createValue } from '../value.ts'

export interface FakeStorageOptions extends Partial<Pick<StorageFacts, 'estimate' | 'isPromised'>> {
  logs?: readonly StoredLog[]
  isFull?: boolean
  /** Pages of which a part is lost. */
  lacking?: number
}

/** A device with much room whose browser has promised to keep all of it, but for what it is told. */
export const createFakeStorage = (options: FakeStorageOptions = {}): DeviceStorage => {
  const { logs = [], isFull = false, lacking = 0, isPromised = true } = options
  const { estimate = { usedBytes: 61_000_000, quotaBytes: 12_000_000_000 } } = options
  return {
    isFull: createValue(isFull),
    lackingPages: createValue(new Set(Array.from({ length: lacking }, (_, page) => String(page)))),
    estimate: () => Promise.resolve(estimate),
    askToKeep: () => Promise.resolve(isPromised === true),
    tidy: () => Promise.resolve(ok(1_240_000)),
    look(tell) {
      tell({ logs, isMeasured: true, estimate, isPromised })
      return { done: Promise.resolve(), stop: () => undefined }
    },
  }
}
