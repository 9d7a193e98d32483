import type { StorageFacts, StoredLog } from '../core/device-storage.ts'
import type { LogId } from '../core/ports.ts'
import type { HearthDatabase } from './database.ts'
import { isPageRow } from './rows.ts'

/** How many rows are looked at in one task: a page's snapshot is a megabyte or so, a row of its journal seldom more than some kilobytes. */
const rowsAtOnce = { pages: 2, journal: 32 } as const
type RowStore = keyof typeof rowsAtOnce

/** What is told while it is still being measured need not be told of every slice. */
const tellEvery = 16

const bytesOf = (row: unknown): number => (row instanceof Uint8Array ? row.length : 0)

/** Calls with each row's log and size, slice by slice: each read is a task of its own, and everything else has its turn in between. */
const eachRow = async (
  { idb }: HearthDatabase,
  store: RowStore,
  signal: AbortSignal,
  count: (log: string, bytes: number) => void,
): Promise<void> => {
  const limit = rowsAtOnce[store]
  let range: IDBKeyRange | null = null
  while (!signal.aborted) {
    const keys = await idb.getAllKeys(store, range, limit)
    const first = keys[0]
    const last = keys.at(-1)
    if (first === undefined || last === undefined) return
    // One row that cannot be read would cost the whole slice.
    const rows = await idb.getAll(store, IDBKeyRange.bound(first, last)).catch(() => [])
    for (const [index, [log]] of keys.entries()) count(log, bytesOf(rows[index]))
    range = IDBKeyRange.lowerBound(last, true)
  }
}

export const measureStorage = async (
  database: HearthDatabase,
  tell: (found: Partial<StorageFacts>) => void,
  signal: AbortSignal,
): Promise<void> => {
  const say = (found: Partial<StorageFacts>): void => {
    if (!signal.aborted) tell(found)
  }
  const logs = new Map<string, StoredLog>()
  const change = (log: string, by: Partial<StoredLog>): void => {
    const known = logs.get(log) ?? { log: log as LogId, bytes: 0, messages: 0 }
    const { bytes = 0, messages = 0 } = by
    logs.set(log, { ...known, bytes: known.bytes + bytes, messages: known.messages + messages })
  }
  let slices = 0
  const count = (log: string, bytes: number): void => {
    change(log, { bytes })
    slices += 1
    if (slices % tellEvery === 0) say({ logs: [...logs.values()] })
  }
  const measure = async (): Promise<void> => {
    for (const row of (await database.idb.getAll('heads')).filter(isPageRow))
      change(row.log, { messages: row.messageCount })
    await eachRow(database, 'pages', signal, count)
    await eachRow(database, 'journal', signal, count)
    say({ logs: [...logs.values()], isMeasured: true })
  }
  await Promise.all([
    measure(),
    askBrowser(async () => {
      const { usage, quota } = await navigator.storage.estimate()
      return usage === undefined || !quota ? 'unknown' : { usedBytes: usage, quotaBytes: quota }
    }).then((estimate) => say({ estimate })),
    askBrowser(() => navigator.storage.persisted()).then((isPromised) => say({ isPromised })),
  ])
}

/** Some windows have no storage that could last, and old browsers do not say. */
const askBrowser = async <Answer>(ask: () => Promise<Answer>): Promise<Answer | 'unknown'> => {
  try {
    return await ask()
  } catch {
    return 'unknown'
  }
}
