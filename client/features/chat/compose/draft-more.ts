import type { AccountId } from '../../../../shared/identifiers.ts'
import { messageLimits } from '../../../../shared/limits.ts'

/** Whom a part of a draft names, in UTF-16 units of its text. */
export interface KeptMention {
  start: number
  length: number
  account: AccountId
}

/** What a draft has beside its text. */
export interface DraftMore {
  mentions: readonly KeptMention[]
  replyTo: string | undefined
}

export const nothingMore: DraftMore = { mentions: [], replyTo: undefined }

const accountShape = /^[\w-]{43}$/u
const maxKeyLength = 200

const parseMention = (value: unknown, text: string): KeptMention | undefined => {
  if (!Array.isArray(value)) return undefined
  const [start, length, account] = value as unknown[]
  if (typeof start !== 'number' || typeof length !== 'number' || typeof account !== 'string') return undefined
  const isSound =
    Number.isInteger(start) && Number.isInteger(length) && length > 0 && start + length <= text.length
  // Another tab or an older app may have changed the text since.
  return isSound && text[start] === '@' && accountShape.test(account)
    ? { start, length, account: account as AccountId }
    : undefined
}

const parseJson = (kept: string): unknown => {
  try {
    return JSON.parse(kept)
  } catch {
    return undefined
  }
}

/** What was kept beside this text; what does not fit it is left out. */
export const parseMore = (kept: string, text: string): DraftMore => {
  const value = kept === '' ? undefined : parseJson(kept)
  if (typeof value !== 'object' || value === null) return nothingMore
  const { mentions, replyTo } = value as Record<string, unknown>
  let end = 0
  const sound = (Array.isArray(mentions) ? (mentions as unknown[]) : []).flatMap((item) => {
    const mention = parseMention(item, text)
    if (!mention || mention.start < end) return []
    end = mention.start + mention.length
    return [mention]
  })
  return {
    mentions: sound.slice(0, messageLimits.maxMentions),
    replyTo:
      typeof replyTo === 'string' && replyTo !== '' && replyTo.length <= maxKeyLength ? replyTo : undefined,
  }
}

/** Empty where there is nothing to keep. */
export const encodeMore = ({ mentions, replyTo }: DraftMore): string =>
  mentions.length === 0 && replyTo === undefined
    ? ''
    : JSON.stringify({
        mentions: mentions.map(({ start, length, account }) => [start, length, account]),
        replyTo,
      })
