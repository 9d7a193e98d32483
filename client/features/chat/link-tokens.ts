export type TextToken = { type: 'text'; text: string } | { type: 'link'; text: string; href: string }

const candidate = /\bhttps?:\/\/[^\s<>"'`\u200b\u202a-\u202e\u2066-\u2069]+/giu

/** What ends a sentence belongs to the sentence; a closing bracket too, unless the address opened it. */
const trimEnd = (url: string): string => {
  let end = url.length
  for (; end > 0; end -= 1) {
    const last = url[end - 1] ?? ''
    if (/[.,;:!?…"'”’»]/u.test(last)) continue
    const opening = { ')': '(', ']': '[', '}': '{' }[last]
    if (opening === undefined) break
    const inside = url.slice(0, end)
    if (inside.split(opening).length >= inside.split(last).length) break
  }
  return url.slice(0, end)
}

const hrefOf = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  // `https://bank.example@evil.example` reads as one place and leads to another: it stays text.
  return isWeb && url.username === '' && url.password === '' ? url.href : undefined
}

/** Text in pieces, web addresses apart from the rest. Joined, their `text` is the input again. */
export const tokenise = (text: string): TextToken[] => {
  const tokens: TextToken[] = []
  let done = 0
  for (const match of text.matchAll(candidate)) {
    const link = trimEnd(match[0])
    const href = hrefOf(link)
    if (href === undefined) continue
    if (match.index > done) tokens.push({ type: 'text', text: text.slice(done, match.index) })
    tokens.push({ type: 'link', text: link, href })
    done = match.index + link.length
  }
  if (done < text.length) tokens.push({ type: 'text', text: text.slice(done) })
  return tokens
}
