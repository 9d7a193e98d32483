import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { screenLimits } from '../../../shared/limits.ts'
import type { LogId } from '../ports.ts'
import type { KeptHome, KeptRoom, KeptScreen } from './kept-screen.ts'
import { decodeScreen } from './screen-codec.ts'

/** What was kept, by name; undefined where there is no list of rooms among it that this release wrote. */
export const readKeptScreen = (rows: ReadonlyMap<string, Bytes>, release: string): KeptScreen | undefined => {
  const home = decodeScreen(rows.get(screenLimits.homeName) ?? new Uint8Array(0), release)
  if (!home) return undefined
  const rooms = new Map<LogId, KeptRoom>()
  for (const [name, bytes] of rows) {
    const room = name === screenLimits.homeName ? undefined : decodeScreen(bytes, release)
    if (room) rooms.set(name as LogId, room as KeptRoom)
  }
  return { home: home as KeptHome, rooms }
}
