/** A value that says when it changes: all that the screen needs to follow the core. */
export interface Value<T> {
  get(): T
  /** Calls at every change, not at once. Returns the way out. */
  subscribe(listener: (value: T) => void): () => void
}

export interface MutableValue<T> extends Value<T> {
  set(value: T): void
}

export const createValue = <T>(initial: T): MutableValue<T> => {
  let current = initial
  const listeners = new Set<(value: T) => void>()
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return
      current = value
      for (const listener of [...listeners]) listener(value)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
