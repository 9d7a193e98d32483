import { unsubscribe } from 'lib0/broadcastchannel'
import { Awareness } from 'y-protocols/awareness'
import { WebrtcProvider, type AwarenessChange, type Room } from 'y-webrtc'
import type * as Y from 'yjs'
import type { FeedId } from '../core/ports.ts'

export interface FamilyRoom {
  readonly room: Room
  readonly awareness: Awareness
  destroy(): void
}

export interface FamilyRoomOptions {
  doc: Y.Doc
  feed: FeedId
  /** Takes the place of y-webrtc's own, which repeats all it hears to everybody. */
  onUpdate: (update: Uint8Array) => void
  onAwareness: (change: AwarenessChange) => void
  /** Never twice among the pages of a browser, so that nothing passes between tabs behind the gate's back. */
  name: string
}

/** y-webrtc reads its random ceiling of connections only where it dials by itself, which it never does here. */
const maxConns = 1_000

const createAwareness = (doc: Y.Doc, feed: FeedId): Awareness => {
  const awareness = new Awareness(doc)
  // It starts with the document's client id, which need not be the device's feed (P2).
  awareness.setLocalState(null)
  awareness.clientID = feed
  return awareness
}

/** y-webrtc leaves listeners and a channel to other tabs, of which none is wanted. */
const quieten = (room: Room): void => {
  unsubscribe(room.name, room._bcSubscriber)
  room.bcconnected = false
  // What it is about to tell other tabs goes through here, a microtask from now, and ends here.
  room.mux = () => undefined
  // It would hang up at `beforeunload`, which a page may well survive; the network hangs up at `pagehide`.
  if (typeof window !== 'undefined') window.removeEventListener('beforeunload', room._beforeUnloadHandler)
}

/** A y-webrtc provider that finds nobody by itself: its connections are made by dialing (docs/architecture). */
export const createFamilyRoom = async (options: FamilyRoomOptions): Promise<FamilyRoom> => {
  const { doc, feed, name } = options
  const awareness = createAwareness(doc, feed)
  const provider = new WebrtcProvider(name, doc, { signaling: [], awareness, maxConns })
  await provider.key
  const { room } = provider
  if (room === null) throw new Error('y-webrtc made no room') // it always does once its key is there
  quieten(room)
  doc.off('update', room._docUpdateHandler)
  awareness.off('update', room._awarenessUpdateHandler)
  // Replaced in the room as well, since it takes them off by these names when it is destroyed.
  room._docUpdateHandler = options.onUpdate
  room._awarenessUpdateHandler = options.onAwareness
  doc.on('update', room._docUpdateHandler)
  awareness.on('update', room._awarenessUpdateHandler)
  return {
    room,
    awareness,
    destroy() {
      provider.destroy()
      awareness.destroy()
    },
  }
}
