import { deleteDB, openDB } from 'idb'

/**
 * Makes Chromium begin a new write-ahead log, by creating and deleting an empty database (5 ms). A browser killed in the
 * middle of a write leaves half a record at the end of LevelDB's log. The next start passes over it and goes on writing
 * behind it; the start after that takes the log for corrupt, and Chromium deletes every database of the site: seen twice
 * in 320 kills under load (P5). What is written before this has ended is safe all the same once it has.
 */
export const beginFreshLog = async (name = 'hearth-fresh-log'): Promise<void> => {
  // The one sign of Chromium that needs no guessing at names. Elsewhere it would cost Firefox 50 ms for nothing.
  if (!('NavigatorUAData' in globalThis)) return
  try {
    const empty = await openDB(name)
    empty.close()
    await deleteDB(name)
  } catch {
    // Then it is as it would be without; a disk that refuses this will refuse the next write, and that is told.
  }
}
