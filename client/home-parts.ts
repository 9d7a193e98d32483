/** What the home screen needs as soon as somebody does something, and not before the history is painted: one chunk of its own. */
export { default as NotifyOffer } from './features/notify/NotifyOffer.vue'
export { default as SwitcherDialog } from './features/switcher/SwitcherDialog.vue'
export { startNotices } from './start-notices.ts'
