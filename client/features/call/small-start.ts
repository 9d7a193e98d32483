/** What the small window may cover, in pixels of the viewport: the messages, and not what is above and below them. */
export interface FreeGround {
  top: number
  bottom: number
}

const gapPx = 12

/**
 * Where the small window begins, as a style: beside the last messages where there is room, and on a phone, where the keyboard comes from
 * below, beside the first. It grows away from the edge it begins at.
 */
export const smallStart = (
  free: FreeGround,
  viewportHeight: number,
  isPhone: boolean,
): Readonly<Record<'insetBlockStart' | 'insetBlockEnd', string>> =>
  isPhone
    ? { insetBlockStart: `${Math.round(free.top) + gapPx}px`, insetBlockEnd: 'auto' }
    : {
        insetBlockStart: 'auto',
        insetBlockEnd: `${Math.max(Math.round(viewportHeight - free.bottom), 0) + gapPx}px`,
      }
