import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import { entryKinds } from '../log/entry.ts'
import type { PlacedPosition } from '../log/keeping.ts'
import type { Logs, ReadEntry } from '../log/logs.ts'
import type { LogId } from '../ports.ts'
import { parseAnnotation } from '../room/annotation-body.ts'
import { parseMessage } from '../room/message-body.ts'
import type { SaidEdit } from './fresh-page.ts'
import type { Saying } from './saying.ts'

/** What stands at some places of a page. */
export interface ReadPart {
  sayings: Saying[]
  edits: SaidEdit[]
  /** Where this device cannot read yet: a key has still to come. */
  closed: PlacedPosition[]
}

export interface ReadPartOptions {
  logs: Pick<Logs, 'readAt'>
  accountOf(device: DeviceId): AccountId | undefined
}

/** Reads these places as they are now: what is erased, over or not taken any more is not among it. */
export const readPart = async (
  { logs, accountOf }: ReadPartOptions,
  log: LogId,
  positions: readonly PlacedPosition[],
): Promise<ReadPart> => {
  const entries = await Promise.all(positions.map((position) => logs.readAt(log, position)))
  const part: ReadPart = { sayings: [], edits: [], closed: [] }
  for (const entry of entries) {
    if (!entry || entry.erasedBy !== undefined) continue
    // A device nobody has vouched for yet stands for itself, as on the screen.
    const account = accountOf(entry.author) ?? (entry.author as string as AccountId)
    if (!entry.body) part.closed.push(entry.key)
    else if (entry.kind === entryKinds.message) part.sayings.push(...toSaying(entry, account))
    else if (entry.kind === entryKinds.annotation) part.edits.push(...toEdit(entry, account))
  }
  return part
}

const toSaying = ({ key, body }: ReadEntry, author: AccountId): Saying[] => {
  const content = parseMessage(body)
  if (!content) return []
  const { ms, counter, feed, seq } = key
  const text = [content.text, ...(content.poll?.options ?? [])].join('\n')
  return [{ ms, counter, feed, seq, author, text, isFixed: content.poll !== undefined }]
}

const toEdit = ({ key, body, time }: ReadEntry, account: AccountId): SaidEdit[] => {
  const says = body && parseAnnotation(body)
  if (says?.type !== 'edit' || !time) return []
  const { feed, seq } = key
  return [{ target: says.target, place: { feed, seq }, account, time, text: says.content.text }]
}
