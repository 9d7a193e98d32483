import type { AccountId } from '../../shared/identifiers.ts'
import type { LogId } from '../core/ports.ts'
import type { Value } from '../core/value.ts'
import { createKeptValue, type TextStorage } from './kept-value.ts'
import {
  changeWishes,
  parseRoomWishes,
  writeRoomWishes,
  type RoomWish,
  type RoomWishes,
} from './room-wishes.ts'

/** The wishes of one account about its rooms, kept by this browser. */
export interface RoomWishStore {
  readonly all: Value<RoomWishes>
  change(room: LogId, change: Partial<RoomWish>): void
}

export const createRoomWishStore = (options: {
  storage: TextStorage | undefined
  account: AccountId
}): RoomWishStore => {
  const all = createKeptValue({
    storage: options.storage,
    key: `hearth/room-wishes/${options.account}`,
    parse: parseRoomWishes,
    write: writeRoomWishes,
  })
  return {
    all,
    change: (room, change) => all.set(changeWishes(all.get(), room, change)),
  }
}
