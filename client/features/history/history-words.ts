import type { HistoryProgress } from '../../core/hearth.ts'
import { locale, t, tCount } from '../../ui/language/language.ts'

/** An estimate must not look like a count. */
const roundTo = 500

/** "Fetching the history, back to March 2024", and how much is left where that is known. */
export const describeHistory = (
  { backToMs, messagesLeft }: HistoryProgress,
  options: { timeZone?: string } = {},
): { backTo: string; left: string | undefined } => {
  const month = new Intl.DateTimeFormat(locale.value, { month: 'long', year: 'numeric', ...options })
  const left = Math.round(messagesLeft / roundTo) * roundTo
  return {
    backTo: t('history.line.backTo', { month: month.format(backToMs) }),
    left: left > 0 ? tCount('history.line.left', left) : undefined,
  }
}
