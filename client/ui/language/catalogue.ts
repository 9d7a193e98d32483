import type { catalogue as english } from './en/catalogue.ts'
import type { first } from './en/first.ts'

/** The same keys as the English one; what the messages say is free. */
type SameKeys<Messages> = {
  readonly [Key in keyof Messages]: Messages[Key] extends string ? string : SameKeys<Messages[Key]>
}

/** All that Hearth says in one language. */
export type Catalogue = SameKeys<typeof english>
/** What it says on the home screen and before it: these words come first, and with them alone it is painted. */
export type FirstWords = SameKeys<typeof first>

type Leaves<Messages, Prefix extends string = ''> = {
  [Key in keyof Messages & string]: Messages[Key] extends string
    ? `${Prefix}${Key}`
    : Leaves<Messages[Key], `${Prefix}${Key}.`>
}[keyof Messages & string]

/** Where one message stands in a catalogue: `rooms.leave`. */
export type WordKey = Leaves<Catalogue>
