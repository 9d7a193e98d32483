const mark = 'hearth/been-here'

/**
 * A browser that has lost its databases looks like a new one (Chromium wipes them all when one is damaged). This mark is kept
 * elsewhere, so that the person is told instead of silently becoming somebody new.
 */
export const hasBeenHere = (storage: Storage | undefined): boolean =>
  (storage?.getItem(mark) ?? null) !== null

export const rememberBeingHere = (storage: Storage | undefined): void => {
  try {
    storage?.setItem(mark, 'yes')
  } catch {
    // No room even for this: then a loss goes untold, and nothing else changes.
  }
}
