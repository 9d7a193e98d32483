import * as encoding from 'lib0/encoding'
import { copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import { logLimits, messageLimits } from '../../../shared/limits.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { TextProblem } from '../hearth.ts'
import { maxFeedId } from '../log/erase-body.ts'
import type { PagePosition } from '../ports.ts'
import { encodeMessage, parseMessage, type MessageContent } from './message-body.ts'

/** What is said about a message of the same page (P1). The latest of each person counts. */
export type Annotation =
  | { type: 'edit'; target: PagePosition; content: MessageContent }
  /** Without an emoji: taken back. */
  | { type: 'reaction'; target: PagePosition; emoji: string | undefined }
  /** Places among the poll's options; none: taken back. */
  | { type: 'vote'; target: PagePosition; choices: readonly number[] }

/** That a message is pinned for the whole room, or no more. An entry kind of its own, so that pins are found without opening the rest. */
export interface Pin {
  target: PagePosition
  isPinned: boolean
}

const types = { edit: 1, reaction: 2, vote: 3 } as const
const maxContentBytes = logLimits.maxEntryBytes / 2

/** Fails for a text that nobody may write. */
export const encodeAnnotation = (annotation: Annotation): Result<Bytes, TextProblem> => {
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, types[annotation.type])
  writeTarget(encoder, annotation.target)
  switch (annotation.type) {
    case 'edit': {
      const content = encodeMessage(annotation.content)
      if (!content.ok) return content
      encoding.writeVarUint8Array(encoder, content.value)
      break
    }
    case 'reaction':
      encoding.writeVarUint8Array(encoder, encodeUtf8(annotation.emoji ?? ''))
      break
    case 'vote':
      encoding.writeVarUint(encoder, annotation.choices.length)
      for (const choice of annotation.choices) encoding.writeVarUint(encoder, choice)
  }
  return ok(copyBytes(encoding.toUint8Array(encoder)))
}

/** Undefined for anything but a whole body within the limits, and for kinds of newer versions. */
export const parseAnnotation = (body: Bytes): Annotation | undefined =>
  decodeWith(body, (reader): Annotation | undefined => {
    const type = reader.uint8()
    const target = readTarget(reader)
    switch (type) {
      case types.edit: {
        const content = parseMessage(reader.varBytes(maxContentBytes))
        return content && { type: 'edit', target, content }
      }
      case types.reaction: {
        const emoji = decodeUtf8(reader.varBytes(messageLimits.maxReactionBytes))
        if (emoji === '') return { type: 'reaction', target, emoji: undefined }
        return emoji !== undefined && isEmoji(emoji) ? { type: 'reaction', target, emoji } : undefined
      }
      case types.vote: {
        const last = messageLimits.maxPollOptions - 1
        const choices = reader.list(messageLimits.maxPollOptions, () => reader.varUint(last))
        return { type: 'vote', target, choices: [...new Set(choices)] }
      }
      default:
        return undefined
    }
  })

export const encodePin = ({ target, isPinned }: Pin): Bytes => {
  const encoder = encoding.createEncoder()
  writeTarget(encoder, target)
  encoding.writeUint8(encoder, isPinned ? 1 : 0)
  return copyBytes(encoding.toUint8Array(encoder))
}

export const parsePin = (body: Bytes): Pin | undefined =>
  decodeWith(body, (reader) => ({ target: readTarget(reader), isPinned: reader.uint8() === 1 }))

/** No list of them, since another device may know newer ones; but nothing that could be read as words. */
const emojiShape =
  /^(?=.*(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3))[\p{Emoji}\p{Emoji_Component}]+$/u
export const isEmoji = (text: string): boolean =>
  emojiShape.test(text) && encodeUtf8(text).length <= messageLimits.maxReactionBytes

const writeTarget = (encoder: encoding.Encoder, { feed, seq }: PagePosition): void => {
  encoding.writeVarUint(encoder, feed)
  encoding.writeVarUint(encoder, seq)
}
const readTarget = (reader: Reader): PagePosition => ({
  feed: reader.varUint(maxFeedId),
  seq: reader.varUint(logLimits.maxEntriesPerFeed),
})
