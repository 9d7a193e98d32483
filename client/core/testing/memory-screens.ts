import type { ScreenStore } from '../ports.ts'

export interface MemoryScreens extends ScreenStore {
  readonly rows: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

/** What the screen showed last, as long as the test lasts. */
export const createMemoryScreens = (): MemoryScreens => {
  const rows = new Map<string, Uint8Array<ArrayBuffer>>()
  return {
    rows,
    load: () => Promise.resolve(rows),
    save(name, encode) {
      rows.set(name, encode())
      return Promise.resolve()
    },
  }
}
