import type { Hearth, NameProblem } from '../core/hearth.ts'
import type { StoreProblem, VaultProblem } from '../core/ports.ts'
import type { Result } from '../../shared/result.ts'

/**
 * Why there is no family here, or following its link did not lead inside. `insecure`: not a secure context, so no WebCrypto
 * (docs: /trust). `storageLost`: the browser has cleared what Hearth had kept in it.
 */
export type LinkProblem =
  'wrongLink' | 'brokenLink' | 'otherFamily' | 'unreachable' | 'insecure' | 'storageLost'

/** Why Hearth could not be opened at all. */
export type OpeningProblem =
  | StoreProblem
  | VaultProblem
  /** The browser lacks something Hearth is built on. */
  | { type: 'browserTooOld' }
  /** A bug reached the handler at the top. */
  | { type: 'unexpected'; detail: string }

/** What the whole screen is: exactly one of these at a time. The composition root decides which. */
export type AppState =
  | { status: 'starting' }
  | { status: 'needsLink'; problem?: LinkProblem | undefined; onLink: (link: string) => void }
  | {
      status: 'needsName'
      setName: (name: string) => Promise<Result<void, NameProblem | StoreProblem>>
    }
  | { status: 'ready'; hearth: Hearth }
  /** Another tab has it open (P7). */
  | { status: 'elsewhere'; takeOver: () => void }
  /** It was open here, and another tab took it (P7). */
  | { status: 'taken' }
  | { status: 'broken'; problem: OpeningProblem }
