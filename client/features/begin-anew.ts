import type { InjectionKey } from 'vue'

/** Removes all that this browser keeps of Hearth, and starts it again. Absent in the gallery. */
export const beginAnewKey: InjectionKey<() => Promise<void>> = Symbol('begin anew')
