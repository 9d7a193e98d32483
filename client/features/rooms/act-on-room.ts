import type { Hearth } from '../../core/hearth.ts'
import type { RoomWishStore } from '../room-wish-store.ts'
import { muteUntil } from '../room-wishes.ts'
import type { RoomLine } from './list-rooms.ts'
import type { RoomAct } from './room-act.ts'
import type { RoomDialog } from './room-dialog.ts'

/** Carries out what is chosen in a room's menu. */
export const createActOnRoom =
  (options: {
    hearth: Pick<Hearth, 'markRead'>
    wishes: RoomWishStore
    nowMs: () => number
    ask: (dialog: RoomDialog) => void
  }) =>
  ({ room, latest }: RoomLine, act: RoomAct): void => {
    const { hearth, wishes, nowMs, ask } = options
    const { id } = room
    switch (act.type) {
      case 'markRead':
        return hearth.markRead(id)
      case 'favourite':
        return wishes.change(id, { isFavourite: act.is })
      case 'archive':
        // A message from a clock that is ahead of ours is seen as well.
        return wishes.change(id, {
          archivedAtMs: act.is ? Math.max(nowMs(), latest?.ms ?? 0) : undefined,
        })
      case 'mute':
        return wishes.change(id, { mutedUntil: act.how && muteUntil(act.how, nowMs()) })
      case 'tells':
      case 'leave':
        return ask({ name: act.type, room: id })
    }
  }
