import { nextTick, shallowRef } from 'vue'
import { IndexeddbPersistence } from 'y-indexeddb'
import { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { createHistory, type FamilyMessage } from '../history/family-history.ts'
import { showMessages } from '../history/show-messages.ts'
import { roomName } from '../filled-app/lines.ts'
import { wishedCount } from '../long-room/wished-count.ts'

/** The plain way: one document that holds everything, kept by y-indexeddb, and a list of Vue's of all that is in it. */
const count = wishedCount() ?? 0
const document_ = new Y.Doc()
const messages = document_.getArray<FamilyMessage>('messages')
const next = createHistory(roomName(0), count)
document_.transact(() => messages.push(Array.from({ length: count }, next)))
new WebrtcProvider('scrolling', document_, { signaling: [] })
new IndexeddbPersistence('scrolling', document_)

const shown = shallowRef<readonly FamilyMessage[]>(messages.toArray())
messages.observe(() => {
  shown.value = messages.toArray()
})
showMessages(shown)
void nextTick(() => {
  const log = document.querySelector('[role=log]')!
  log.scrollTop = log.scrollHeight
})
