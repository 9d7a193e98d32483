import { browserClock } from '../../client/net/browser-clock.ts'
import { browserRandom } from '../../client/net/browser-random.ts'
import { createGroupKeys, type GroupKeys } from '../../client/core/group/group-keys.ts'
import { parseRekey, recipientIdOf } from '../../client/core/group/rekey.ts'
import { createRoomRules } from '../../client/core/group/room-rules.ts'
import { openDevice, type Device } from '../../client/core/identity/device.ts'
import { encodeAppend } from '../../client/core/log/append-update.ts'
import { entryKinds } from '../../client/core/log/entry.ts'
import { appendEntry } from '../../client/core/log/feed.ts'
import { createHybridClock } from '../../client/core/log/hybrid-clock.ts'
import type { LogGroup } from '../../client/core/log/log-group.ts'
import { openLogs } from '../../client/core/log/logs.ts'
import { createPage, type Page } from '../../client/core/log/page.ts'
import type { FeedHead, LogId } from '../../client/core/ports.ts'
import { encodeMessage, parseMessageBody } from '../../client/core/room/message-body.ts'
import { openDatabase } from '../../client/store/database.ts'
import { createLogStore } from '../../client/store/log-store.ts'
import type { AccountId } from '../../shared/identifiers.ts'
import { logLimits } from '../../shared/limits.ts'
import { ok } from '../../shared/result.ts'
import { must, mustBe, mustHave } from '../built-page/must.ts'
import { clocked, noTimes, type Times } from './stopwatch.ts'

const group = 'AAAAAAAAAAAAAAAAAAAAAA' as LogId
const log = 'BBBBBBBBBBBBBBBBBBBBBA' as LogId
const familyDevices = 8

/** Two devices of a family of eight, with the epoch that the first has made. */
const openFamilyKeys = async (): Promise<{ devices: [Device, Device]; keys: [GroupKeys, GroupKeys] }> => {
  const all = await Promise.all(
    Array.from({ length: familyDevices }, () => openDevice(browserRandom.bytes(32))),
  )
  const recipients = all.map(({ id, kem }) => ({ id: recipientIdOf(id), kem: kem.publicKey }))
  const keysOf = ({ id, kem }: Device) =>
    createGroupKeys({
      group,
      own: [{ id: recipientIdOf(id), kem }],
      given: [],
      clock: browserClock,
      random: browserRandom,
    })
  const [writer, reader] = [must(all[0], 'device'), must(all[1], 'device')]
  const [writersKeys, readersKeys] = [keysOf(writer), keysOf(reader)]
  writersKeys.learn({ recipients, rekeys: [] })
  const rekey = must(parseRekey(await writersKeys.makeRekey()), 'rekey')
  const rekeys = [{ rekey, ms: browserClock.now(), counter: 0, by: recipientIdOf(writer.id) }]
  for (const keys of [writersKeys, readersKeys]) keys.learn({ recipients, rekeys })
  return { devices: [writer, reader], keys: [writersKeys, readersKeys] }
}

/** Seals and signs each text at the end of the writer's feed, and puts it into the page. */
const writePage = async (device: Device, keys: GroupKeys, texts: readonly string[]): Promise<Page> => {
  const page = createPage(undefined)
  const time = createHybridClock(browserClock)
  const bodies = keys.bodies(() => Promise.resolve(ok(undefined)))
  let head: FeedHead | undefined
  for (const text of texts) {
    const plaintext = mustHave(encodeMessage({ text }))
    const own = {
      place: { group, log, page: 0 },
      device,
      head,
      kind: entryKinds.message,
      time: time.next(),
      plaintext,
    }
    const { element, entry, head: end } = mustHave(await appendEntry(bodies, own))
    head = end
    page.apply({ update: encodeAppend(device.feed, entry.seq, [element]), entries: [entry], heads: [end] })
  }
  return page
}

let databases = 0

/** The other device: everything it needs to take the page in, and to keep it on the disk. */
const openReader = async (device: Device, keys: GroupKeys) => {
  const name = `ours-${databases++}`
  const database = mustHave(await openDatabase({ name }))
  await database.whenWritable
  const store = createLogStore(database)
  const account = 'anna' as AccountId
  const authors = { accountOf: () => account, countsInRoom: () => Infinity, members: new Set([account]) }
  const family: LogGroup = {
    id: group,
    bodies: keys.bodies(() => Promise.resolve(ok(undefined))),
    rules: createRoomRules(log, { membership: () => authors, keys }),
    countOf: () => Infinity,
  }
  const logs = await openLogs({ device, store, time: createHybridClock(browserClock), groupOf: () => family })
  const read: (string | undefined)[] = []
  logs.onArrival(({ entries }) => read.push(...entries.map(({ body }) => parseMessageBody(body))))
  return {
    logs,
    read,
    store,
    async close() {
      await store.close()
      database.close()
      indexedDB.deleteDatabase(name)
    },
  }
}

/** One device says all texts; another judges, keeps and reads them. */
export const sayOurs = async (texts: readonly string[]): Promise<Times> => {
  const { devices, keys } = await openFamilyKeys()
  const [writer, reader] = devices
  const taker = await openReader(reader, keys[1])
  const times = noTimes()
  const page = await clocked(times, 'say', () => writePage(writer, keys[0], texts))
  await clocked(times, 'take', async () => {
    for (const slice of page.slices(writer.feed, 0, texts.length, logLimits.syncSliceBytes))
      mustBe((await taker.logs.receive(log, 0, slice, writer.id)).type === 'admitted', 'a slice is taken')
  })
  mustBe(taker.read.join() === texts.join(), 'every text is read')
  const rows = await taker.store.readTimeline(log, { limit: texts.length })
  mustBe(rows.length === texts.length, 'every entry is on the disk')
  await taker.close()
  return times
}
