/** The browser's small store, or nothing where it is forbidden: merely naming it throws there. */
export const readLocalStorage = (): Storage | undefined => {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
