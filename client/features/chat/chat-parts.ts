/** What a room needs as soon as somebody does something about a message, and not before the history is painted: one chunk of its own. */
export { default as KeepRoomDialog } from './KeepRoomDialog.vue'
export { default as MessageActions } from './MessageActions.vue'
