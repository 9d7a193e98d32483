import { t } from '../../ui/language/language.ts'

/** Who is writing; of many, that they are. */
export const describeTyping = (names: readonly string[]): string => {
  const [first, second] = names
  if (first === undefined) return ''
  if (second === undefined) return t('chat.typing.one', { who: first })
  return names.length === 2 ? t('chat.typing.two', { first, second }) : t('chat.typing.several')
}
