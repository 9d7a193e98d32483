import { lazyPart } from '../../ui/lazy-part.ts'

export const RoomMenu = lazyPart(() => import('./RoomMenu.vue'))
