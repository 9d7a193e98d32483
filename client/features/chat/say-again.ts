/** The words with an end that is not seen where they stand there already: a screen reader says only what has changed. */
export const sayAgain = (before: string, words: string): string =>
  before === words ? `${words}\u00a0` : words
