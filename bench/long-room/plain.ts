import { shallowRef } from 'vue'
import { IndexeddbPersistence } from 'y-indexeddb'
import { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { roomName, shownLines } from '../filled-app/lines.ts'
import { createHistory, type FamilyMessage } from '../history/family-history.ts'
import { showMessages } from '../history/show-messages.ts'
import { wishedCount } from './wished-count.ts'

/** The plain way: one document that holds everything, kept by y-indexeddb, of which the newest messages are shown. */
const name = 'plain'
const document_ = new Y.Doc()
const messages = document_.getArray<FamilyMessage>('messages')

const fill = async (count: number) => {
  const next = createHistory(roomName(0), count)
  document_.transact(() => messages.push(Array.from({ length: count }, next)))
  const kept = new IndexeddbPersistence(name, document_)
  await kept.whenSynced
  // It closes once what it was about to write is on the disk.
  await kept.destroy()
  document.title = 'filled'
}

const open = () => {
  const shown = shallowRef<readonly FamilyMessage[]>([])
  new WebrtcProvider(name, document_, { signaling: [] })
  messages.observe(() => {
    shown.value = messages.slice(-shownLines)
  })
  new IndexeddbPersistence(name, document_)
  showMessages(shown)
}

const count = wishedCount()
if (count === undefined) open()
else void fill(count)
