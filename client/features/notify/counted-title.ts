import { formatNumber, t } from '../../ui/language/language.ts'

/** More than this is not counted. */
const mostCounted = 99

/** `(3) general · Hearth`. */
export const countedTitle = (title: string, count: number): string => {
  if (count === 0) return title
  return count > mostCounted
    ? t('home.tabTitle.many', { n: formatNumber(mostCounted), title })
    : t('home.tabTitle.counted', { n: formatNumber(count), title })
}
