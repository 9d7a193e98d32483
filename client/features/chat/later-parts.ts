import { lazyPart } from '../../ui/lazy-part.ts'

export const CompletionList = lazyPart(() => import('./compose/CompletionList.vue'))
export const ComposerBanner = lazyPart(() => import('./compose/ComposerBanner.vue'))
export const JumpButton = lazyPart(() => import('./JumpButton.vue'))
export const PopMenu = lazyPart(() => import('../../ui/PopMenu.vue'))
