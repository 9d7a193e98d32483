export interface Point {
  x: number
  y: number
}
interface Size {
  width: number
  height: number
}

/** Where a box that was moved comes to lie within a space, in pixels from its top left: never beyond an edge. */
export const keepWithin = (wanted: Point, box: Size, space: Size, edge = 8): Point => ({
  x: clamp(wanted.x, edge, space.width - box.width - edge),
  y: clamp(wanted.y, edge, space.height - box.height - edge),
})

/** Whether a part of it lies beyond an edge. */
export const sticksOut = (at: Point, box: Size, space: Size): boolean =>
  at.x < 0 || at.y < 0 || at.x + box.width > space.width || at.y + box.height > space.height

/** The near edge wins where there is no room. */
const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, Math.max(most, least)))

const stepPx = 24

/** Arrow keys move it too (ux 36). */
export const movedBy = (key: string, from: Point): Point | undefined => {
  switch (key) {
    case 'ArrowLeft':
      return { ...from, x: from.x - stepPx }
    case 'ArrowRight':
      return { ...from, x: from.x + stepPx }
    case 'ArrowUp':
      return { ...from, y: from.y - stepPx }
    case 'ArrowDown':
      return { ...from, y: from.y + stepPx }
    default:
      return undefined
  }
}
