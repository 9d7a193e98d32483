import type { Result } from '../../../shared/result.ts'
import type { MessageWish, TextProblem } from '../hearth.ts'
import { entryKinds } from '../log/entry.ts'
import type { Logs } from '../log/logs.ts'
import type { LogId, StoreProblem } from '../ports.ts'
import { encodeMessage, type MessageContent } from './message-body.ts'
import { positionOf } from './timeline-order.ts'

/** What is wished, as it is written down. `find`: where the message stands that is answered. */
export const contentOfWish = (
  { replyTo, ...content }: MessageWish,
  find: (key: string) => MessageContent['replyTo'] = positionOf,
): MessageContent => {
  const answered = replyTo === undefined ? undefined : find(replyTo)
  return answered ? { ...content, replyTo: answered } : content
}

/** Says something in a room that is not on the screen. Resolves when it is on the disk. */
export const createSendTo =
  (logs: Pick<Logs, 'append'>) =>
  async (room: LogId, wish: MessageWish): Promise<Result<void, TextProblem | StoreProblem>> => {
    const body = encodeMessage(contentOfWish(wish))
    return body.ok ? logs.append(room, entryKinds.message, body.value) : body
  }
