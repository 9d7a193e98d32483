import { shallowRef } from 'vue'
import { roomName, shownLines } from '../filled-app/lines.ts'
import { createHistory, type FamilyMessage } from '../history/family-history.ts'
import { showMessages } from '../history/show-messages.ts'
import { wishedCount } from './wished-count.ts'

/** The least that a page made with Vue can do: one question to the disk, whose answer is shown. */
const opening = indexedDB.open('bare')
opening.onupgradeneeded = () => opening.result.createObjectStore('messages')
opening.onsuccess = () => {
  const count = wishedCount()
  if (count === undefined) open(opening.result)
  else fill(opening.result, count)
}

/** The newest come first in the store, as many as the messages of a few pages. */
const keptMessages = 10_000

const fill = (database: IDBDatabase, count: number) => {
  const transaction = database.transaction('messages', 'readwrite')
  const next = createHistory(roomName(0), count)
  for (let index = 0; index < count; index++) {
    const message = next()
    if (count - index <= keptMessages) transaction.objectStore('messages').put(message, count - index)
  }
  transaction.oncomplete = () => {
    database.close()
    document.title = 'filled'
  }
}

const open = (database: IDBDatabase) => {
  const asked = database.transaction('messages').objectStore('messages').getAll(null, shownLines)
  asked.onsuccess = () => {
    const shown = shallowRef((asked.result as FamilyMessage[]).toReversed())
    showMessages(shown)
  }
}
