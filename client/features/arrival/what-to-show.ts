import type { Arrival, ArrivalProblem } from '../../core/account/arrival.ts'
import type { Step } from './steps.ts'

export type Shown = 'found' | 'invited' | 'register' | 'signIn' | 'link' | 'device' | 'recover'

/** Not about a link, but about this browser: signing in is what helps. */
const ofThisBrowser: readonly ArrivalProblem['type'][] = ['storageLost', 'otherFamily']

/** The screen for a step: the first one, and any that needs an invitation there is not, depends on how one came here. */
export const whatToShow = (
  { invitation, problem }: Pick<Arrival, 'invitation' | 'problem'>,
  step: Step,
): Shown => {
  if (step === 'register' && invitation && invitation.type !== 'found') return 'register'
  if (step !== 'first' && step !== 'register') return step
  if (invitation) return invitation.type === 'found' ? 'found' : 'invited'
  return problem && !ofThisBrowser.includes(problem.type) ? 'link' : 'signIn'
}
