import { shallowRef } from 'vue'
import { IndexeddbPersistence } from 'y-indexeddb'
import { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { showLines } from '../built-page/show-lines.ts'

/** The plain way: all the given packages loaded at once, one document that holds everything, and nothing else. */
const document_ = new Y.Doc()
const messages = document_.getArray<string>('messages')
new IndexeddbPersistence('plain', document_)
new WebrtcProvider('plain', document_, { signaling: [] })
const shown = shallowRef<readonly string[]>([])
messages.observe(() => {
  shown.value = messages.toArray()
})
showLines(shown)
