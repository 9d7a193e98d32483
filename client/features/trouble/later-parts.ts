import { lazyPart } from '../../ui/lazy-part.ts'

export const BeginAnew = lazyPart(() => import('../BeginAnew.vue'))
