interface Request {
  grant: () => void
}

interface Holder {
  steal: () => void
}

/** One lock manager, as all tabs of a browser share it, for one lock name. */
export const createFakeLocks = (): LockManager => {
  let holder: Holder | undefined
  const waiting: Request[] = []

  const next = (): void => {
    if (!holder) waiting.shift()?.grant()
  }

  const request = (
    name: string,
    { ifAvailable, steal, signal }: LockOptions,
    hold: (lock: Lock | null) => Promise<unknown>,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const grant = (): void => {
        const mine: Holder = { steal: () => reject(new DOMException('stolen', 'AbortError')) }
        holder = mine
        const leave = (): void => {
          if (holder !== mine) return
          holder = undefined
          next()
        }
        hold({ name, mode: 'exclusive' }).then(resolve, reject).finally(leave)
      }
      if (steal) {
        holder?.steal()
        holder = undefined
      }
      if (!holder) return grant()
      if (ifAvailable) return void hold(null).then(resolve, reject)
      const place: Request = { grant }
      waiting.push(place)
      signal?.addEventListener('abort', () => {
        const index = waiting.indexOf(place)
        if (index === -1) return
        waiting.splice(index, 1)
        reject(new DOMException('aborted', 'AbortError'))
      })
    })
  return { request } as unknown as LockManager
}
