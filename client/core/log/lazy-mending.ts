import { createValue } from '../value.ts'
import type { Mending, MendingOptions } from './mending.ts'

/** Most disks never lose anything: the code that mends a page comes when the first one needs it. Where it does not come, the page stays as it is. */
export const createLazyMending = (options: Omit<MendingOptions, 'lackingPages'>): Mending => {
  const lackingPages: Mending['lackingPages'] = createValue(new Set<string>())
  let loaded: Mending | undefined
  const load = async (): Promise<Mending | undefined> => {
    try {
      const { createMending } = await import('./mending.ts')
      return (loaded ??= createMending({ ...options, lackingPages }))
    } catch {
      return undefined
    }
  }
  return {
    lackingPages,
    look: async (at) => (await load())?.look(at) ?? false,
    mayExtend: (page, feed) => !page.isDamaged || (loaded?.mayExtend(page, feed) ?? false),
  }
}
