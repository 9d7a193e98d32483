/** A bare IndexedDB store of rows, as those use it who do not use ours. */
export interface Rows {
  /** One transaction for all of `rows`; resolves when it is complete. */
  put(rows: readonly unknown[]): Promise<void>
  count(): Promise<number>
  close(): void
}

const answerOf = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
  })

export const openRows = async (name: string): Promise<Rows> => {
  const opening = indexedDB.open(name)
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true })
  const database = await answerOf(opening)
  return {
    put: (rows) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction('rows', 'readwrite', { durability: 'relaxed' })
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB failed'))
        const store = transaction.objectStore('rows')
        for (const row of rows) store.put(row)
      }),
    count: () => answerOf(database.transaction('rows').objectStore('rows').count()),
    close() {
      database.close()
      indexedDB.deleteDatabase(name)
    },
  }
}
