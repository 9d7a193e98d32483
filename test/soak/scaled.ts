/** So many of a soak's rounds as were asked for: all, or the part that `--scale` says. */
export const scaled = (rounds: number): number =>
  Math.max(1, Math.round(rounds * Number(process.env.SOAK_SCALE ?? '1')))
