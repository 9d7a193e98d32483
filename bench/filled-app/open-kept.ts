import { accountOfRecord } from '../../client/core/account/entrance.ts'
import { parseMembershipRecord } from '../../client/core/account/membership-record.ts'
import { parsePrivateNotes } from '../../client/core/account/private-notes.ts'
import { createHearth, type RunningHearth } from '../../client/core/create-hearth.ts'
import { readGenesis } from '../../client/core/group/genesis.ts'
import { openDevice, type Device } from '../../client/core/identity/device.ts'
import type { LogStore } from '../../client/core/ports.ts'
import { createValue } from '../../client/core/value.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import { browserClock } from '../../client/net/browser-clock.ts'
import { browserRandom } from '../../client/net/browser-random.ts'
import { openDatabase } from '../../client/store/database.ts'
import { openFamilyDocument, type StoredDocument } from '../../client/store/family-document.ts'
import { createLogStore } from '../../client/store/log-store.ts'
import { createVault } from '../../client/store/vault.ts'
import { must, mustHave } from '../built-page/must.ts'

/** What a person keeps in this browser, opened as the app opens it. Not while the app itself is open. */
export interface Kept {
  hearth: RunningHearth
  device: Device
  certificate: Bytes
  store: LogStore
  close(): Promise<void>
}

export const openKept = async (): Promise<Kept> => {
  const database = mustHave(await openDatabase())
  await database.whenWritable
  const contents = must(mustHave(await createVault(database).read()), 'vault')
  const record = must(parseMembershipRecord(must(contents.membership, 'membership')), 'record')
  const { genesis: genesisBytes, statements, epochs } = must(record.family, 'family')
  const genesis = must(await readGenesis(genesisBytes), 'genesis')
  const device = await openDevice(contents.deviceSeed)
  const store = createLogStore(database)
  let document: StoredDocument | undefined
  const created = await createHearth({
    genesis,
    account: must(await accountOfRecord(record), 'account'),
    loginName: record.loginName,
    device,
    certificate: record.certificate,
    known: statements,
    epochs,
    trust: createValue(parsePrivateNotes(contents.notes).trust),
    store,
    documentStore: {
      load(doc) {
        document = openFamilyDocument(doc, `hearth-family-${genesis.group}`)
        return document.whenLoaded
      },
      close: () => document?.close() ?? Promise.resolve(),
    },
    clock: browserClock,
    random: browserRandom,
  })
  const hearth = mustHave(created)
  return {
    hearth,
    device,
    certificate: record.certificate,
    store,
    async close() {
      await hearth.close()
      database.close()
    },
  }
}
