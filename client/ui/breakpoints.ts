/** Where the layout changes. CSS can't read these, so its media queries repeat the numbers: keep them alike. */
export const breakpoints = {
  /** List and room side by side, from here on. */
  tablet: '(min-width: 45rem)',
  /** The people beside the room as well. */
  desktop: '(min-width: 72rem)',
  touch: '(pointer: coarse)',
} as const
