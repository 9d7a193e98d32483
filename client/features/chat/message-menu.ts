import type { MessageItem } from '../../core/hearth.ts'

export type MessageAction = 'reply' | 'heart' | 'edit' | 'copy' | 'forward' | 'pin' | 'info' | 'erase'

/**
 * What the menu of a message offers, in this order; above it all reactions. In simple mode (ux 38) four at most, without reactions above:
 * a heart is one of them, and whoever may delete what others wrote is not asked about it at every message.
 */
export const messageActions = (
  { mayEdit = false, mayErase = false, poll, author }: MessageItem,
  isSimple: boolean,
): readonly MessageAction[] => {
  const offered: readonly (readonly [action: MessageAction, isOffered: boolean])[] = isSimple
    ? [
        ['reply', true],
        ['heart', true],
        ['forward', !poll],
        ['erase', mayErase && author.isMe],
      ]
    : [
        ['reply', true],
        ['edit', mayEdit],
        ['copy', true],
        ['forward', !poll],
        ['pin', true],
        ['info', true],
        ['erase', mayErase],
      ]
  return offered.flatMap(([action, isOffered]) => (isOffered ? [action] : []))
}
