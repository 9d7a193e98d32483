/**
 * The reason of a socket closed with `closeCodes.restarting` (S7): how long to wait before coming back. Each socket is told a
 * random time, so that a whole family does not knock at once.
 */
export const restartReason = (waitMs: number): string => `come back in ${waitMs} ms`

/** The wait in milliseconds, or undefined if the reason tells none. */
export const readRestartReason = (reason: string): number | undefined => {
  const waitMs = /^come back in (\d{1,6}) ms$/.exec(reason)?.[1]
  return waitMs === undefined ? undefined : Number(waitMs)
}
