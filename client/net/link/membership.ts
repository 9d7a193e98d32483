import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Standing } from '../../core/group/credential.ts'

/**
 * L3: that a device belongs to the family. What is shown is a certificate and the statements its account's membership rests on; what is
 * known here of the family decides.
 */
export interface LinkMembership {
  /** What this device shows. */
  credential(): Bytes
  check(device: DeviceId, credential: Bytes): Promise<Standing>
}
