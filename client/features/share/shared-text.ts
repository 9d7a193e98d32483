import type { InjectionKey } from 'vue'
import { logLimits } from '../../../shared/limits.ts'
import type { MutableValue } from '../../core/value.ts'

/** A text from another app that waits for a room. Undefined when there is none. */
export const sharedTextKey: InjectionKey<MutableValue<string | undefined>> = Symbol('a text that was shared')

/** What the system hands over, as the manifest names it. Many apps put the link into the text, too. */
const fields = ['title', 'text', 'url'] as const

/** As it would have been typed. Undefined where nothing was handed over. No longer than a message can be; where it still is too long, the composer says so. */
export const readSharedText = (search: string): string | undefined => {
  const given = new URLSearchParams(search)
  const lines: string[] = []
  for (const field of fields) {
    const line = given.get(field)?.trim() ?? ''
    if (line !== '' && !lines.some((other) => other.includes(line))) lines.push(line)
  }
  const text = lines.join('\n').slice(0, logLimits.maxTextBytes)
  return text === '' ? undefined : text
}

/** Nothing that was begun is lost: it stands below. */
export const addToDraft = (draft: string, text: string): string =>
  draft.trim() === '' ? text : `${draft.trimEnd()}\n${text}`
