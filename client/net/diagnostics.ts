import type { DeviceId } from '../../shared/identifiers.ts'
import type { Clock } from '../core/ports.ts'
import { createValue, type Value } from '../core/value.ts'

/** Something that happened on the network, in stable words for programs. */
export interface NetworkEvent {
  atMs: number
  code: string
  device?: DeviceId
  why?: string
}

export interface Diagnostics {
  /** The last hundred, oldest first. */
  readonly events: Value<readonly NetworkEvent[]>
  note(code: string, about?: { device?: DeviceId; why?: string }): void
}

const kept = 100

export const createDiagnostics = (clock: Clock): Diagnostics => {
  const events = createValue<readonly NetworkEvent[]>([])
  return {
    events,
    note(code, about = {}) {
      events.set([...events.get(), { atMs: clock.now(), code, ...about }].slice(-kept))
    },
  }
}
