import type { MentionRange } from '../../core/hearth.ts'

/** A piece within a line. Joined, the `text`s of a tree are what was written without the marks that were understood. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | LinkToken
  | { type: 'mention'; text: string; person: MentionRange['person'] }
  | { type: Style; children: readonly Inline[] }

export type Style = 'bold' | 'italic' | 'strike' | 'spoiler'

export interface LinkToken {
  type: 'link'
  text: string
  /** http, https or mailto, as the browser understands it. */
  href: string
  /** Where it really leads, if the address as written reads differently: letters of other alphabets, numbers for names. */
  realHost?: string
}

export interface ListItem {
  /** Undefined in a list without numbers; else as written, not counted anew. */
  number: number | undefined
  children: readonly Inline[]
}

/** A part with lines of its own. */
export type Block =
  | { type: 'paragraph'; children: readonly Inline[] }
  | { type: 'quote'; blocks: readonly Block[] }
  | { type: 'list'; items: readonly ListItem[] }
  | { type: 'codeBlock'; text: string }

/** Text that stands together, with those whom it names: in UTF-16 units of `text`, in order, without overlap. */
export interface Passage {
  text: string
  mentions: readonly MentionRange[]
}

/** Called for each step of work, so that a test can count them. */
export type Meter = () => void
export const noMeter: Meter = () => undefined

/** What can be read of it, without marks. */
export const textOf = (tokens: readonly Inline[]): string =>
  tokens.map((token) => ('children' in token ? textOf(token.children) : token.text)).join('')
