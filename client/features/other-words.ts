import type { Person } from '../core/hearth.ts'

/** Whether the other one of a direct room is here, or gone for good. */
export const describeOther = (other: Person | undefined): string => {
  if (!other || other.isRemoved) return 'Not in the family any more'
  return other.isHere ? 'Here' : 'Away'
}
