import type { Page } from '@playwright/test'

/** One row in a database of its own, waited for until it is on the disk: what P5 asks of every message before it leaves. */
export const openDurableWrite = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('bench-durable-write')
      opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true })
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(new Error('no database'))
    })
    window.writeDurably = (text) =>
      new Promise((resolve) => {
        const write = database.transaction('rows', 'readwrite', { durability: 'strict' })
        write.oncomplete = () => resolve()
        write.objectStore('rows').add(text)
      })
  })

/** Writes the text down, then says it over the raw channel. Answers when it began, milliseconds since the epoch. */
export const sayDurably = (page: Page, text: string): Promise<number> =>
  page.evaluate(async (words) => {
    const beganAt = performance.timeOrigin + performance.now()
    await window.writeDurably!(words)
    window.sayRaw!(words)
    return beganAt
  }, text)
