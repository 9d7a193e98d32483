import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'

/** The shape of the core's `Value`; `ui` knows Vue only, so it is said here again. */
export interface Followable<T> {
  get(): T
  subscribe(listener: (value: T) => void): () => void
}

/** Follows a value of the core for as long as the calling scope lives. */
export const useValue = <T>(source: Followable<T>): Readonly<ShallowRef<T>> => {
  const current = shallowRef(source.get())
  onScopeDispose(source.subscribe((value) => (current.value = value)))
  return current
}
