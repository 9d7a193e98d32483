import { locale } from '../ui/language/language.ts'

let made: { locale: string; collator: Intl.Collator } | undefined

/** By name as the reader's language sorts, "Room 9" before "Room 10". What sorts by it in a computed value follows the language. */
export const compareNames = (one: string, other: string): number => {
  if (made?.locale !== locale.value)
    made = {
      locale: locale.value,
      collator: new Intl.Collator(locale.value, { numeric: true, sensitivity: 'base' }),
    }
  return made.collator.compare(one, other)
}
