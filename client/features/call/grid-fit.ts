export interface GridFit {
  columns: number
  rows: number
}

/** Wider than this a face is cut at the chin, narrower at the ears. */
const bestRatio = 4 / 3

/** How much of the picture is to be seen in a tile of this shape, times its area: what makes one grid better than another. */
const worthOf = (width: number, height: number): number => {
  const ratio = width / height
  return width * height * Math.min(ratio / bestRatio, bestRatio / ratio)
}

/** Columns and rows for so many tiles in so much room, of which the tiles are largest and least cut. `gap` and sizes in one unit. */
export const fitGrid = (count: number, room: { width: number; height: number }, gap = 8): GridFit => {
  let best: GridFit = { columns: 1, rows: Math.max(count, 1) }
  let bestWorth = -Infinity
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    const width = (room.width - gap * (columns - 1)) / columns
    const height = (room.height - gap * (rows - 1)) / rows
    if (width <= 0 || height <= 0) continue
    const worth = worthOf(width, height)
    if (worth > bestWorth) {
      best = { columns, rows }
      bestWorth = worth
    }
  }
  return best
}

/** The lines of the whole picture, in device pixels, that a tile needs to be sharp (C4). */
export const linesShown = (
  tile: { width: number; height: number },
  how: 'cover' | 'contain',
  pixelRatio: number,
): number => {
  if (tile.width <= 0 || tile.height <= 0) return 0
  const asWide = (tile.width * 9) / 16
  const lines = how === 'cover' ? Math.max(tile.height, asWide) : Math.min(tile.height, asWide)
  return Math.round(lines * pixelRatio)
}
