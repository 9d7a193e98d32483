import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Result } from '../../../shared/result.ts'
import type { StoreProblem } from '../ports.ts'
import type { SealedBody } from './entry.ts'

/** What a body is bound to besides its key. */
export interface BodyPlace {
  author: DeviceId
  /** The header as far as it is known before the body is sealed: a body moved anywhere else does not open (E3). */
  associate(marks: Pick<SealedBody, 'epoch' | 'nonce'>): Bytes
}

/**
 * Turns what somebody wrote into what travels, and back. Everything about pages, feeds, gates and sync handles the sealed
 * form only.
 */
export interface BodyCipher {
  /** Fails where a new epoch had to be written first and the disk refused it (G4). */
  seal(plaintext: Bytes, place: BodyPlace): Promise<Result<SealedBody, StoreProblem>>
  /** Undefined where this device cannot open it, now or ever. */
  open(sealed: SealedBody, place: BodyPlace): Promise<Bytes | undefined>
}
