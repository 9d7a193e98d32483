import { createValue, type Value } from '../core/value.ts'

/** The part of localStorage that is needed. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'>

export interface KeptValue<T> extends Value<T> {
  set(value: T): void
}

/**
 * A value that this browser keeps as text. `storage` may be absent or refuse (private windows, no space): then it lasts as long as the page.
 * @param options.parse must bear anything, and null where nothing is kept
 */
export const createKeptValue = <T>(options: {
  storage: TextStorage | undefined
  key: string
  parse: (text: string | null) => T
  write: (value: T) => string
}): KeptValue<T> => {
  const { storage, key, parse, write } = options
  const read = (): string | null => {
    try {
      return storage?.getItem(key) ?? null
    } catch {
      return null
    }
  }
  const { get, subscribe, set } = createValue(parse(read()))
  return {
    get,
    subscribe,
    set(value) {
      set(value)
      try {
        storage?.setItem(key, write(value))
      } catch {
        // It holds for this page, which is all that can be done here.
      }
    },
  }
}
