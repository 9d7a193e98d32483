import type { MentionRange } from '../../core/hearth.ts'
import { parseText } from './parse-text.ts'
import type { Block, Inline } from './tokens.ts'

/** As long for every spoiler: its length tells nothing either. */
const hidden = '▒▒▒▒'

const inlineText = (tokens: readonly Inline[]): string =>
  tokens
    .map((token) => {
      if (token.type === 'spoiler') return hidden
      if (token.type === 'mention') return `@${token.person.name}`
      return 'children' in token ? inlineText(token.children) : token.text
    })
    .join('')

const blockText = (block: Block): string => {
  switch (block.type) {
    case 'paragraph':
      return inlineText(block.children)
    case 'quote':
      return block.blocks.map(blockText).join('\n')
    case 'list':
      return block.items.map(({ children }) => inlineText(children)).join('\n')
    case 'codeBlock':
      return block.text
  }
}

/** A message where there is room for its words alone, as in a list or a notification: without marks, and no spoiler is given away. */
export const plainText = (text: string, mentions?: readonly MentionRange[]): string =>
  parseText(text, mentions).map(blockText).join('\n')
