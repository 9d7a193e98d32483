import type { CallProblem } from '../../../shared/api-call.ts'
import type { NameProblem } from '../../../shared/names.ts'
import type { StoreProblem, VaultProblem } from '../ports.ts'

/** Why something about an account did not work. The words for people are in `ui/words.ts`. */
export type AccountProblem =
  | CallProblem
  | StoreProblem
  | VaultProblem
  | NameProblem
  | { type: 'passwordTooShort'; limit: number }
  | { type: 'passwordTooLong'; limit: number }
  /** Not 24 words of the list, or their check sum is wrong. */
  | { type: 'notAPhrase' }
  /** A phrase nobody here has registered with. */
  | { type: 'phraseUnknown' }
  /** What the server gave back was not what this account had left there (A2): it was swapped, or damaged. */
  | { type: 'boxBroken' }
  /** A link or QR code that is none of ours, or mangled. */
  | { type: 'brokenLink' }
  /** A link of a device that does not wait any more. */
  | { type: 'linkingExpired' }
  /** This browser is of another family already. */
  | { type: 'otherFamily' }
  | { type: 'statusTooLong'; limit: number }
  | { type: 'pictureTooLarge' }
  /** The app lock: not the passphrase it was set with. */
  | { type: 'wrongPassphrase' }
  /** The passkey was not used, or cannot do what is needed. */
  | { type: 'passkeyFailed' }
  /** What one does not do to oneself, or to somebody of one's own rank or above (G2). */
  | { type: 'roleTooLow' }
