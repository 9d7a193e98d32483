import { lazyPart } from './ui/lazy-part.ts'

/** Both are seldom needed. */
export const ShareText = lazyPart(() => import('./features/share/ShareText.vue'))
export const UpdateNotice = lazyPart(() => import('./features/update/UpdateNotice.vue'))
