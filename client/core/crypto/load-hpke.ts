import type * as hpke from './hpke.ts'

type Hpke = typeof hpke

let load = (): Promise<Hpke> => import('./hpke.ts')
let loading: Promise<Hpke> | undefined

/**
 * HPKE, which a history whose keys are known does without: it comes when a box has to be made or opened first, and then stays. What did
 * not come is asked for again the next time.
 */
export const loadHpke = (): Promise<Hpke> => {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

/** How the page gets it: a page whose server is away waits for it, where a bare import would fail, in Firefox for good. */
export const loadHpkeBy = (way: (load: () => Promise<Hpke>) => Promise<Hpke>): void => {
  load = () => way(() => import('./hpke.ts'))
}
