import type { LinkToken } from './tokens.ts'

export type TextToken = { type: 'text'; text: string } | LinkToken

const candidate = /\b(?:https?:\/\/|mailto:)[^\s<>"'`\u200b\u202a-\u202e\u2066-\u2069]+/giu

const openings: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

const countOf = (text: string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const character of text)
    if ('()[]{}'.includes(character)) counts.set(character, (counts.get(character) ?? 0) + 1)
  return counts
}

/**
 * What ends a sentence belongs to the sentence, and the marks of bold, struck or hidden text to those; a closing bracket too, unless the
 * address opened it.
 */
const trimEnd = (url: string): string => {
  const counts = countOf(url)
  let end = url.length
  for (; end > 0; end -= 1) {
    const last = url[end - 1] ?? ''
    if (/[.,;:!?…"'”’»*_~|]/u.test(last)) continue
    const opening = openings.get(last)
    if (opening === undefined) break
    const closed = counts.get(last) ?? 0
    if ((counts.get(opening) ?? 0) >= closed) break
    counts.set(last, closed - 1)
  }
  return url.slice(0, end)
}

/** One plain address: what else a mailto may carry (copies to others, a text) could not be seen in it. */
const mailAddress = /^[^\s@?&,%]+@[^\s@?&,%]+$/u

const parseLink = (text: string): Omit<LinkToken, 'type' | 'text'> | undefined => {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol === 'mailto:')
    return mailAddress.test(url.pathname) && text.slice(7) === url.pathname ? { href: url.href } : undefined
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  // `https://bank.example@evil.example` reads as one place and leads to another: it stays text.
  if (!isWeb || url.username !== '' || url.password !== '') return undefined
  const written = text.slice(text.indexOf('//') + 2).toLowerCase()
  return written.startsWith(url.hostname) ? { href: url.href } : { href: url.href, realHost: url.hostname }
}

/** Text in pieces, web and mail addresses apart from the rest. Joined, their `text` is the input again. */
export const tokenise = (text: string): TextToken[] => {
  const tokens: TextToken[] = []
  let done = 0
  for (const match of text.matchAll(candidate)) {
    const link = trimEnd(match[0])
    const parsed = parseLink(link)
    if (!parsed) continue
    if (match.index > done) tokens.push({ type: 'text', text: text.slice(done, match.index) })
    tokens.push({ type: 'link', text: link, ...parsed })
    done = match.index + link.length
  }
  if (done < text.length) tokens.push({ type: 'text', text: text.slice(done) })
  return tokens
}
