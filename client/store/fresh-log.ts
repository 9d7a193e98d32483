import { deleteDB, openDB } from 'idb'

/**
 * Makes Chromium begin a new write-ahead log, by creating and deleting an empty database (5 ms). A browser killed in the
 * middle of a write leaves half a record at the end of LevelDB's log. The next start passes over it and goes on writing
 * behind it; the start after that takes the log for corrupt, and Chromium deletes every database of the site: seen twice
 * in 320 kills under load (P5). What is written before this has ended is safe all the same once it has.
 */
export const beginFreshLog = async (name = 'hearth-fresh-log'): Promise<void> => {
  if (!isChromium()) return
  try {
    const empty = await openDB(name)
    empty.close()
    await deleteDB(name)
  } catch {
    // Then it is as it would be without; a disk that refuses this will refuse the next write, and that is told.
  }
}

/** The one sign of Chromium that needs no guessing at names. Elsewhere all this would cost Firefox 50 ms for nothing. */
const isChromium = (): boolean => 'NavigatorUAData' in globalThis

/** Chromium says that a database is deleted, and only then begins to rewrite the files that it was in. */
const pauseMs = 150
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, isChromium() ? pauseMs : 0))

/**
 * Deletes a small database in such a way that its bytes leave the disk (P4). Firefox and Safari delete its file. Chromium keeps all databases of
 * a site in one LevelDB, and rewrites the files that hold keys of a deleted one, with two exceptions that the fresh logs around it deal with:
 * what was in the log still is written out together with its own deletion, and old files go with the next rewriting only. Without them the
 * bytes were still there after 5 of 122 trials, with them after none of 80. `mayDelete` is asked right before: a tab that
 * has let go of the disk leaves it to the next.
 */
export const deleteForGood = async (name: string, mayDelete: () => boolean): Promise<void> => {
  await beginFreshLog()
  await pause()
  if (!mayDelete()) return
  await deleteDB(name)
  for (let round = 0; round < 2; round++) {
    await pause()
    await beginFreshLog()
  }
}
