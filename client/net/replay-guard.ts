import type { DeviceId } from '../../shared/identifiers.ts'
import type { Instance } from './introduction-payload.ts'

export interface ReplayGuard {
  /** Whether this count is higher than any that came from this instance of the device before; remembers it. */
  admit(from: DeviceId, instance: Instance, counter: number): boolean
}

/** Remembers the highest count of the `remembered` instances heard of most recently (S4). */
export const createReplayGuard = (remembered: number): ReplayGuard => {
  const highest = new Map<string, number>()
  return {
    admit(from, instance, counter) {
      const key = `${from} ${instance}`
      const known = highest.get(key) ?? 0
      if (counter <= known) return false
      highest.delete(key) // a Map keeps the order of insertion: the first key is the one longest unheard of
      highest.set(key, counter)
      const oldest = highest.keys().next()
      if (highest.size > remembered && oldest.done !== true) highest.delete(oldest.value)
      return true
    },
  }
}
