import * as encoding from 'lib0/encoding'
import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import { decodeWith, type Reader } from '../../../shared/decoding.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { logLimits, messageLimits } from '../../../shared/limits.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { TextProblem } from '../hearth.ts'
import type { PlacedPosition } from '../log/keeping.ts'
import { maxFeedId } from '../log/erase-body.ts'
import { checkText } from './message-text.ts'

/** Whom a part of a text names. In UTF-16 units of the text, in order, without overlap. */
export interface Mention {
  start: number
  length: number
  account: AccountId
}

export interface Poll {
  options: readonly string[]
  /** One may choose more than one. */
  allowsSeveral: boolean
}

/** What a message says (E6). Of a poll, `text` is the question. */
export interface MessageContent {
  text: string
  mentions?: readonly Mention[]
  /** Of the same room. */
  replyTo?: PlacedPosition
  /** Who had written it, where somebody else brought it here. */
  forwardedFrom?: AccountId
  /** Told as what its author does. */
  isAction?: boolean
  poll?: Poll
}

/**
 * Most messages are their UTF-8 text and nothing else. One that carries more begins with a zero byte, which no text does: then come fields,
 * each a tag and its bytes, and the text. Fields of newer versions are passed over.
 */
const structured = 0
const tags = { replyTo: 1, mentions: 2, forwardedFrom: 3, action: 4, poll: 5 } as const
const accountBytes = 32
const maxBodyBytes = logLimits.maxTextBytes + 16 * 1024

/** Fails for a text that is blank or over 16 KiB. Blanks around the text go. */
export const encodeMessage = (content: MessageContent): Result<Bytes, TextProblem> => {
  const checked = checkText(content.text)
  if (!checked.ok) return checked
  const text = checked.value
  const bytes = encodeUtf8(text)
  const fields = encodeFields(content, text)
  if (fields.length === 0) return ok(bytes)
  const encoder = encoding.createEncoder()
  encoding.writeUint8(encoder, structured)
  encoding.writeVarUint(encoder, fields.length)
  for (const [tag, field] of fields) {
    encoding.writeUint8(encoder, tag)
    encoding.writeVarUint8Array(encoder, field)
  }
  encoding.writeVarUint8Array(encoder, bytes)
  return ok(copyBytes(encoding.toUint8Array(encoder)))
}

/** Undefined for what is no message, or longer than anybody may write. What is wrong in a field goes, and the text stays. */
export const parseMessage = (body: Bytes | undefined): MessageContent | undefined => {
  if (!body || body.length === 0 || body.length > maxBodyBytes) return undefined
  if (body[0] === structured) return decodeWith(body, readStructured)
  const text = body.length <= logLimits.maxTextBytes ? decodeUtf8(body) : undefined
  return text === undefined ? undefined : { text }
}

/** The text alone. */
export const parseMessageBody = (body: Bytes | undefined): string | undefined => parseMessage(body)?.text

const encodeFields = (content: MessageContent, text: string): [number, Uint8Array][] => {
  const fields: [number, Uint8Array][] = []
  const add = (tag: number, write: (encoder: encoding.Encoder) => void) => {
    const encoder = encoding.createEncoder()
    write(encoder)
    fields.push([tag, encoding.toUint8Array(encoder)])
  }
  const { replyTo, forwardedFrom, isAction, poll } = content
  if (replyTo) add(tags.replyTo, (encoder) => writePosition(encoder, replyTo))
  const mentions = fitMentions(content.mentions ?? [], text, content.text.indexOf(text))
  if (mentions.length > 0)
    add(tags.mentions, (encoder) => {
      encoding.writeVarUint(encoder, mentions.length)
      for (const { start, length, account } of mentions) {
        encoding.writeVarUint(encoder, start)
        encoding.writeVarUint(encoder, length)
        writeAccount(encoder, account)
      }
    })
  if (forwardedFrom !== undefined) add(tags.forwardedFrom, (encoder) => writeAccount(encoder, forwardedFrom))
  if (isAction) add(tags.action, () => undefined)
  if (poll)
    add(tags.poll, (encoder) => {
      encoding.writeUint8(encoder, poll.allowsSeveral ? 1 : 0)
      encoding.writeVarUint(encoder, poll.options.length)
      for (const option of poll.options) encoding.writeVarUint8Array(encoder, encodeUtf8(option))
    })
  return fields
}

const readStructured = (reader: Reader): MessageContent | undefined => {
  reader.uint8()
  const fields = reader.list(
    messageLimits.maxFields,
    () => [reader.uint8(), reader.varBytes(messageLimits.maxFieldBytes)] as const,
  )
  const text = decodeUtf8(reader.varBytes(logLimits.maxTextBytes))
  if (text === undefined || text === '') return undefined
  const content: MessageContent = { text }
  for (const [tag, bytes] of fields) Object.assign(content, decodeWith(bytes, readField(tag, text)))
  return content
}

const readField =
  (tag: number, text: string) =>
  (reader: Reader): Partial<MessageContent> | undefined => {
    switch (tag) {
      case tags.replyTo:
        return { replyTo: readPosition(reader) }
      case tags.mentions: {
        const mentions = reader.list(messageLimits.maxMentions, () => ({
          start: reader.varUint(text.length),
          length: reader.varUint(text.length),
          account: readAccount(reader),
        }))
        return { mentions: fitMentions(mentions, text, 0) }
      }
      case tags.forwardedFrom:
        return { forwardedFrom: readAccount(reader) }
      case tags.action:
        return { isAction: true }
      case tags.poll:
        return readPoll(reader)
      default:
        return undefined
    }
  }

const readPoll = (reader: Reader): Partial<MessageContent> | undefined => {
  const allowsSeveral = reader.uint8() === 1
  const options = reader.list(messageLimits.maxPollOptions, () =>
    decodeUtf8(reader.varBytes(messageLimits.maxPollOptionBytes)),
  )
  const whole = options.filter((option) => option !== undefined && option.trim() !== '')
  if (whole.length < options.length || whole.length < messageLimits.minPollOptions) return undefined
  return { poll: { options: whole as string[], allowsSeveral } }
}

/** Those that lie within the text, moved by what was cut off before it, in order and without overlap. */
const fitMentions = (mentions: readonly Mention[], text: string, cutBefore: number): Mention[] => {
  let end = 0
  return mentions
    .map((mention) => ({ ...mention, start: mention.start - cutBefore }))
    .sort((left, right) => left.start - right.start)
    .filter(({ start, length }) => {
      const fits = start >= end && length > 0 && start + length <= text.length
      if (fits) end = start + length
      return fits
    })
    .slice(0, messageLimits.maxMentions)
}

const writeAccount = (encoder: encoding.Encoder, account: AccountId): void =>
  encoding.writeUint8Array(encoder, fromBase64Url(account) ?? new Uint8Array(accountBytes))
const readAccount = (reader: Reader): AccountId => toBase64Url(reader.bytes(accountBytes)) as AccountId

export const writePosition = (encoder: encoding.Encoder, { page, feed, seq }: PlacedPosition): void => {
  for (const number of [page, feed, seq]) encoding.writeVarUint(encoder, number)
}
export const readPosition = (reader: Reader): PlacedPosition => ({
  page: reader.varUint(logLimits.maxPageNumber),
  feed: reader.varUint(maxFeedId),
  seq: reader.varUint(logLimits.maxEntriesPerFeed),
})
