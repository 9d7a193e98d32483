import type { Person } from '../core/hearth.ts'
import { t } from '../ui/language/language.ts'

/** Whether the other one of a direct room is here, or gone for good. */
export const describeOther = (other: Person | undefined): string => {
  if (!other || other.isRemoved) return t('people.other.removed')
  return other.isHere ? t('people.other.here') : t('people.other.away')
}
