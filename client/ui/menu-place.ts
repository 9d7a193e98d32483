interface Box {
  left: number
  right: number
  top: number
  bottom: number
}
interface Size {
  width: number
  height: number
}

/** Kept free at the edges of the screen, in pixels. */
const edge = 8

const within = (value: number, size: number, space: number): number =>
  Math.max(edge, Math.min(value, space - size - edge))

/**
 * Where a menu opens: below what it belongs to and flush with its end, above where there is no room, and never beyond the screen. `isRtl`
 * says where the end is.
 */
export const placeMenu = (
  anchor: Box,
  menu: Size,
  screen: Size,
  isRtl: boolean,
): { left: number; top: number } => {
  const below = anchor.bottom
  const above = anchor.top - menu.height
  const fitsBelow = below + menu.height + edge <= screen.height
  return {
    left: within(isRtl ? anchor.left : anchor.right - menu.width, menu.width, screen.width),
    top: within(fitsBelow || above < edge ? below : above, menu.height, screen.height),
  }
}
