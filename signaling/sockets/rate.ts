/** Counts by the minute, in three small numbers: a socket has one of its own, and there may be thousands. */
export interface Rate {
  /** Minutes since the epoch. */
  minute: number
  count: number
  /** What the minute before it came to. */
  before: number
}

const minuteMs = 60_000

const turn = (rate: Rate, now: number): void => {
  const minute = Math.floor(now / minuteMs)
  if (minute === rate.minute) return
  rate.before = minute === rate.minute + 1 ? rate.count : 0
  rate.count = 0
  rate.minute = minute
}

export const countOne = (rate: Rate, now: number): void => {
  turn(rate, now)
  rate.count += 1
}

/** Of the last sixty seconds, taking the minute before as even. */
export const messagesPerMinute = (rate: Rate, now: number): number => {
  turn(rate, now)
  return Math.round(rate.count + rate.before * (1 - (now % minuteMs) / minuteMs))
}
