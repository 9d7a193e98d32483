import { t } from '../ui/language/language.ts'
import { moments, type Moments } from './moments.ts'

/** Of somebody who is not here: when they were, where that is known and may be told (ux 22). */
export const describeAway = (
  seenMs: number | undefined,
  nowMs: number,
  { ago }: Pick<Moments, 'ago'> = moments,
): string =>
  seenMs === undefined
    ? t('people.presence.away')
    : t('people.presence.awaySeen', { when: ago(seenMs, nowMs) })
