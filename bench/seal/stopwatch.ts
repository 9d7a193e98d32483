/** The two halves of what is measured: one device says everything, another takes it in. */
export type Half = 'say' | 'take'

/** What a trace of the page shows of them. */
export type Mark = `${Half} begins` | `${Half} ends`

/** Milliseconds that each half took. */
export type Times = Record<Half, number>

export const noTimes = (): Times => ({ say: 0, take: 0 })

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/**
 * Runs one half, and leaves marks of its beginning and end for whoever traces the page. It begins and ends with a task of its own, so
 * that none of what is around it counts.
 */
export const clocked = async <Value>(
  times: Times,
  half: Half,
  work: () => Promise<Value>,
): Promise<Value> => {
  await nextTask()
  const { startTime } = performance.mark(`${half} begins` satisfies Mark)
  const value = await work()
  times[half] = performance.mark(`${half} ends` satisfies Mark).startTime - startTime
  await nextTask()
  return value
}
