export interface Browser {
  name: 'chrome' | 'edge' | 'firefox' | 'safari' | 'other'
  system: 'desktop' | 'android' | 'ios'
}

/** Which browser's menus to name (ux 32). Guessed, for words only: nothing else hangs on it. */
export const browserOf = (userAgent: string, touchPoints: number): Browser => {
  const has = (word: string) => userAgent.includes(word)
  const isIPad = has('Macintosh') && touchPoints > 1
  const system = has('Android')
    ? 'android'
    : /iPhone|iPad|iPod/u.test(userAgent) || isIPad
      ? 'ios'
      : 'desktop'
  if (has('Edg')) return { name: 'edge', system }
  if (has('Firefox') || has('FxiOS')) return { name: 'firefox', system }
  if (has('Chrome') || has('CriOS')) return { name: 'chrome', system }
  return { name: has('Safari') ? 'safari' : 'other', system }
}
