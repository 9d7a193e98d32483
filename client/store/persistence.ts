/**
 * Asks the browser not to clear our data when its disk runs full. Firefox may ask the person, so call it after a gesture
 * or once there is something to lose. False where it refused or cannot.
 */
export const keepStorage = async (storage: StorageManager | undefined): Promise<boolean> => {
  try {
    return (await storage?.persisted()) === true || (await storage?.persist()) === true
  } catch {
    // Firefox rejects in windows whose storage cannot last, private ones for example.
    return false
  }
}
