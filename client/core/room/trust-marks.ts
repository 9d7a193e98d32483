import type { AccountId } from '../../../shared/identifiers.ts'

/** What the person at this device has made sure of (I7). Kept in this device's vault. */
export interface TrustMarks {
  /** Compared the safety number, or scanned it. */
  verified: ReadonlySet<AccountId>
  /** New identities whose warning was read and answered. */
  accepted: ReadonlySet<AccountId>
  /** Of whom the person wants to hear nothing. */
  blocked: ReadonlySet<AccountId>
}

export const noTrustMarks: TrustMarks = {
  verified: new Set(),
  accepted: new Set(),
  blocked: new Set(),
}
