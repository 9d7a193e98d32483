/** Of a row that was never drawn while nothing is known of others. */
const usualPx = 48

/** What rows take of the log's height, in CSS pixels, with whatever stands between them and the row before. */
export interface RowHeights {
  note(key: string, px: number): void
  /** Rows that were never drawn count as the others do on average. */
  sum(keys: readonly string[]): number
  /** The index of the row at so many pixels from the first one's upper edge. */
  indexAt(keys: readonly string[], px: number): number
  /** The log has another width: all that is known is void. */
  forget(): void
}

export const createRowHeights = (): RowHeights => {
  const known = new Map<string, number>()
  let totalPx = 0
  const heightOf = (key: string) => known.get(key) ?? (known.size > 0 ? totalPx / known.size : usualPx)

  return {
    note(key, px) {
      totalPx += px - (known.get(key) ?? 0)
      known.set(key, px)
    },
    sum: (keys) => keys.reduce((px, key) => px + heightOf(key), 0),
    indexAt(keys, px) {
      let left = px
      const index = keys.findIndex((key) => (left -= heightOf(key)) < 0)
      return index < 0 ? Math.max(0, keys.length - 1) : index
    },
    forget() {
      known.clear()
      totalPx = 0
    },
  }
}
