import { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'

/** The plain way: a Yjs array over y-webrtc, an input and a list. No identity, no history, no rooms. */
const signaling = new URLSearchParams(location.search).get('signaling') ?? ''
const document_ = new Y.Doc()
const messages = document_.getArray<string>('messages')
new WebrtcProvider('bench', document_, { signaling: [signaling], peerOpts: { config: { iceServers: [] } } })

const list = document.querySelector('ul')!
const input = document.querySelector('input')!

messages.observe((event) => {
  for (const { insert } of event.changes.delta)
    for (const text of Array.isArray(insert) ? (insert as string[]) : []) {
      const item = document.createElement('li')
      item.textContent = text
      list.append(item)
    }
})
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return
  messages.push([input.value])
  input.value = ''
})
