/** Runs tasks one after the other, in the order in which they were given. A task that throws fails its own caller only. */
export interface Serial {
  run<Value>(task: () => Promise<Value>): Promise<Value>
}

export const createSerial = (): Serial => {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(task) {
      const result = last.then(task)
      last = result.catch(() => undefined) // its caller hears of it; those behind it only wait
      return result
    },
  }
}
