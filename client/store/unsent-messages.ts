import { fromBase64Url, toBase64Url } from '../../shared/crypto/base64url.ts'
import type { UnsentMessages } from '../core/device-storage.ts'
import type { LogId } from '../core/ports.ts'

const keyOf = (log: LogId) => `hearth/unsent/${log}`
const separator = ' '

/**
 * In localStorage, which has room of its own, as drafts are. Where it is missing or refuses as well (private windows), what is not sent lasts
 * as long as the page.
 */
export const createUnsentMessages = (
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined,
): UnsentMessages => ({
  read(log) {
    try {
      const kept = storage?.getItem(keyOf(log)) ?? ''
      return kept.split(separator).flatMap((body) => (body === '' ? [] : (fromBase64Url(body) ?? [])))
    } catch {
      return []
    }
  },
  write(log, bodies) {
    try {
      if (bodies.length === 0) storage?.removeItem(keyOf(log))
      else storage?.setItem(keyOf(log), bodies.map(toBase64Url).join(separator))
    } catch {
      // They stay in memory, and on the screen.
    }
  },
})

/** Naming it throws where the browser forbids it. */
export const readTextStorage = (): Storage | undefined => {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
