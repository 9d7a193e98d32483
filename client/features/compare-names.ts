import { computed } from 'vue'
import { locale } from '../ui/language/language.ts'

// Made anew only when another language is spoken: making it takes long.
const collator = computed(() => new Intl.Collator(locale.value, { numeric: true, sensitivity: 'base' }))

/** By name as the reader's language sorts, "Room 9" before "Room 10". What sorts by it in a computed value follows the language. */
export const compareNames = (one: string, other: string): number => collator.value.compare(one, other)
