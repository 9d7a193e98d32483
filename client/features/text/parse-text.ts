import type { MentionRange } from '../../core/hearth.ts'
import { parseInline } from './parse-inline.ts'
import { noMeter, type Block, type ListItem, type Meter, type Passage } from './tokens.ts'

/** Quotes within quotes, until here; beyond it `>` is a letter like others. */
const maxQuoteDepth = 4

const fence = /^ {0,3}```[\w+#.-]{0,40}\s*$/u
const closingFence = /^ {0,3}```\s*$/u
const quoteMark = /^ {0,3}> ?/u
const listMark = /^\s{0,8}(?:[-*+•]|(?<number>\d{1,9})[.)]) +(?=\S)/u

const isWithin = (text: string, { start, length }: MentionRange, end: number): boolean =>
  Number.isInteger(start) &&
  Number.isInteger(length) &&
  start >= end &&
  length > 0 &&
  start + length <= text.length

/** Where a text is cut into lines, so are those whom it names. Whom a line break or another mention cuts in two goes. */
const splitLines = ({ text, mentions }: Passage, meter: Meter): Passage[] => {
  const lines: Passage[] = []
  let start = 0
  let next = 0
  let named = 0
  for (const line of text.split('\n')) {
    meter()
    const end = start + line.length
    const inLine: MentionRange[] = []
    for (let mention = mentions[next]; mention && !(mention.start >= end); mention = mentions[next]) {
      meter()
      next += 1
      if (!isWithin(text, mention, Math.max(named, start)) || mention.start + mention.length > end) continue
      named = mention.start + mention.length
      inLine.push({ ...mention, start: mention.start - start })
    }
    lines.push({ text: line, mentions: inLine })
    start = end + 1
  }
  return lines
}

const cutStart = ({ text, mentions }: Passage, length: number): Passage => ({
  text: text.slice(length),
  mentions: mentions.flatMap((mention) =>
    mention.start >= length ? [{ ...mention, start: mention.start - length }] : [],
  ),
})

const joinLines = (lines: readonly Passage[]): Passage => {
  const mentions: MentionRange[] = []
  let start = 0
  for (const line of lines) {
    for (const mention of line.mentions) mentions.push({ ...mention, start: mention.start + start })
    start += line.text.length + 1
  }
  return { text: lines.map(({ text }) => text).join('\n'), mentions }
}

type LineKind = 'blank' | 'fence' | 'quote' | 'list' | 'text'

const kindOf = ({ text }: Passage, depth: number): LineKind => {
  if (text.trim() === '') return 'blank'
  if (fence.test(text)) return 'fence'
  if (depth < maxQuoteDepth && quoteMark.test(text)) return 'quote'
  return listMark.test(text) ? 'list' : 'text'
}

const parseItem = (line: Passage, meter: Meter): ListItem => {
  const found = listMark.exec(line.text)
  const number = found?.groups?.number
  const children = parseInline(cutStart(line, found?.[0].length ?? 0), meter)
  return { number: number === undefined ? undefined : Number(number), children }
}

const parseLines = (lines: readonly Passage[], depth: number, meter: Meter): Block[] => {
  const blocks: Block[] = []
  for (let at = 0; at < lines.length;) {
    meter()
    const first = lines[at]
    if (!first) break
    const kind = kindOf(first, depth)
    const start = at
    at += 1
    if (kind === 'blank') continue
    if (kind === 'fence') {
      let end = at
      for (; end < lines.length && !closingFence.test(lines[end]?.text ?? ''); end += 1) meter()
      blocks.push({ type: 'codeBlock', text: joinLines(lines.slice(at, end)).text })
      at = end + 1
      continue
    }
    for (; at < lines.length; at += 1) {
      meter()
      const line = lines[at]
      if (!line || kindOf(line, depth) !== kind) break
    }
    const run = lines.slice(start, at)
    if (kind === 'quote') {
      const inner = run.map((line) => cutStart(line, quoteMark.exec(line.text)?.[0].length ?? 0))
      blocks.push({ type: 'quote', blocks: parseLines(inner, depth + 1, meter) })
    } else if (kind === 'list')
      blocks.push({ type: 'list', items: run.map((line) => parseItem(line, meter)) })
    else blocks.push({ type: 'paragraph', children: parseInline(joinLines(run), meter) })
  }
  return blocks
}

/**
 * The Markdown that we know, as blocks of tokens: bold, italic, strike, code, spoiler, quote, list, code block, and the addresses and
 * people in it. Takes any text and any mentions; what is no Markdown is text, and mentions that do not fit are none.
 */
export const parseText = (
  text: string,
  mentions: readonly MentionRange[] = [],
  meter: Meter = noMeter,
): Block[] => {
  const inOrder = mentions.filter(({ start }) => start >= 0).sort((one, other) => one.start - other.start)
  return parseLines(splitLines({ text, mentions: inOrder }, meter), 0, meter)
}
