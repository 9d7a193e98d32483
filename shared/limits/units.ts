export const KiB = 1024
export const MiB = 1024 * KiB
/** In milliseconds, as all times here. */
export const seconds = 1000
export const days = 24 * 60 * 60 * seconds
