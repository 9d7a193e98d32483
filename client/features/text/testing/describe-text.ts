import type { Block, Inline } from '../tokens.ts'

const describeInline = (token: Inline): string => {
  if ('children' in token) return `<${token.type}>${describeInlines(token.children)}</${token.type}>`
  return token.type === 'text' ? token.text : `<${token.type}>${token.text}</${token.type}>`
}
const describeInlines = (tokens: readonly Inline[]): string => tokens.map(describeInline).join('')

const describeBlock = (block: Block): string => {
  switch (block.type) {
    case 'paragraph':
      return `[${describeInlines(block.children)}]`
    case 'quote':
      return `quote(${describeBlocks(block.blocks)})`
    case 'list':
      return `list(${block.items.map(({ number, children }) => `${number ?? '-'}: ${describeInlines(children)}`).join('; ')})`
    case 'codeBlock':
      return `code(${block.text})`
  }
}

/** A tree in one line, for tests. */
export const describeBlocks = (blocks: readonly Block[]): string => blocks.map(describeBlock).join(' ')

/** All tokens of a tree, children after their parents. */
export const allTokens = (blocks: readonly Block[]): Inline[] => {
  const within = (tokens: readonly Inline[]): Inline[] =>
    tokens.flatMap((token) => ('children' in token ? [token, ...within(token.children)] : [token]))
  return blocks.flatMap((block) => {
    switch (block.type) {
      case 'paragraph':
        return within(block.children)
      case 'quote':
        return allTokens(block.blocks)
      case 'list':
        return block.items.flatMap(({ children }) => within(children))
      case 'codeBlock':
        return [{ type: 'code', text: block.text }]
    }
  })
}
