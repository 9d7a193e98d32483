/** Names stand apart from the words around them, so that each can keep its own direction. */
export const describeTyping = (names: readonly string[]): string => {
  const [first, second] = names
  if (first === undefined) return ''
  if (second === undefined) return `${first} is writing…`
  if (names.length === 2) return `${first} and ${second} are writing…`
  return 'Several people are writing…'
}
