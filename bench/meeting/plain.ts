import { shallowRef } from 'vue'
import { IndexeddbPersistence } from 'y-indexeddb'
import { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { roomName, shownLines } from '../filled-app/lines.ts'
import { createHistory, type FamilyMessage } from '../history/family-history.ts'
import { showMessages } from '../history/show-messages.ts'

/** The plain way: one document that holds everything, kept by y-indexeddb and carried by y-webrtc. */
const wishes = new URLSearchParams(location.search)
const wished = (name: string) => Number(wishes.get(name) ?? 0)
/** What both have, what one has besides, and how many there are in the end. */
const [common, more, whole] = [wished('common'), wished('more'), wished('whole')]

const document_ = new Y.Doc()
// Whoever has the same from the start has it from the same device.
document_.clientID = 1
const messages = document_.getArray<FamilyMessage>('messages')
const write = (count: number, from: number) => {
  const next = createHistory(roomName(0), count, from)
  document_.transact(() => messages.push(Array.from({ length: count }, next)))
}
if (common > 0) write(common, 0)
if (more > 0) write(more, common)

const shown = shallowRef<readonly FamilyMessage[]>(messages.slice(-shownLines))
window.wholeAt = new Promise((resolve) => {
  const look = () => {
    shown.value = messages.slice(-shownLines)
    if (messages.length >= whole) resolve(performance.now())
  }
  messages.observe(look)
  look()
})
showMessages(shown)
const kept = new IndexeddbPersistence('meeting', document_)
await kept.whenSynced
new WebrtcProvider('meeting', document_, {
  signaling: [wishes.get('signaling') ?? ''],
  peerOpts: { config: { iceServers: [] } },
})
document.title = 'ready'

declare global {
  interface Window {
    /** When all messages are in the document. */
    wholeAt?: Promise<number>
  }
}
