import type { DeviceId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'
import type { BodyCipher } from './body-cipher.ts'
import type { LogRules } from './gate.ts'

/** The group a log is of: what its entries are bound to, sealed with and judged by. */
export interface LogGroup {
  id: LogId
  bodies: BodyCipher
  rules: LogRules
  /** How many of a device's entries in a page count now (G6). */
  countOf(device: DeviceId, page: number): number
}
