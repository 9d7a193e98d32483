import type { StorageFacts } from '../../core/device-storage.ts'
import { formatNumber, t, type WordKey } from '../../ui/language/language.ts'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
const step = 1_000

/** "1.2 MB", in the language that is spoken now. */
export const nameBytes = (bytes: number): string => {
  let at = 0
  let value = bytes
  while (value >= step && at < units.length - 1) {
    value /= step
    at += 1
  }
  const maximumFractionDigits = at < 2 || value >= 100 ? 0 : 1
  return formatNumber(value, {
    style: 'unit',
    unit: units[at] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits,
  })
}

const warnFrom = 0.8
/** What a browser says of space is rough, and a small share of it says little: below this nobody is alarmed. */
const leastAlarmingBytes = 50_000_000

export const isNearlyFull = (estimate: StorageFacts['estimate'] | undefined): boolean =>
  typeof estimate === 'object' &&
  estimate.usedBytes >= leastAlarmingBytes &&
  estimate.usedBytes >= warnFrom * estimate.quotaBytes

export const percentOf = ({ usedBytes, quotaBytes }: { usedBytes: number; quotaBytes: number }): string =>
  formatNumber(Math.min(1, usedBytes / quotaBytes), { style: 'percent', maximumFractionDigits: 0 })

export const describePromise = (isPromised: StorageFacts['isPromised'] | undefined): string => {
  const key: WordKey =
    isPromised === undefined
      ? 'storage.promise.looking'
      : isPromised === 'unknown'
        ? 'storage.promise.unknown'
        : isPromised
          ? 'storage.promise.given'
          : 'storage.promise.notGiven'
  return t(key)
}
