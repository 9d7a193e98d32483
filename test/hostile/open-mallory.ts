import { accountOfRecord } from '../../client/core/account/entrance.ts'
import { parseMembershipRecord } from '../../client/core/account/membership-record.ts'
import { noTrustMarks } from '../../client/core/room/trust-marks.ts'
import { createHearth, type RunningHearth } from '../../client/core/create-hearth.ts'
import { readGenesis } from '../../client/core/group/genesis.ts'
import { openDevice, type Device } from '../../client/core/identity/device.ts'
import { deriveFamilySecrets } from '../../client/core/identity/family-secrets.ts'
import type { Link, LogStore } from '../../client/core/ports.ts'
import { createPageSync } from '../../client/core/sync/page-sync.ts'
import { createValue } from '../../client/core/value.ts'
import { browserClock } from '../../client/net/browser-clock.ts'
import { browserRandom } from '../../client/net/browser-random.ts'
import { connectBrowser } from '../../client/net/connect-browser.ts'
import { openDatabase } from '../../client/store/database.ts'
import { openFamilyDocument, type StoredDocument } from '../../client/store/family-document.ts'
import { createLogStore } from '../../client/store/log-store.ts'
import { createVault } from '../../client/store/vault.ts'
import { createRenewedNetwork, type RenewedNetwork } from './renewed-network.ts'

/** What stands in the vault of this browser, in which somebody has moved in by the app. */
export const openMyVault = async () => {
  const database = await openDatabase({})
  if (!database.ok) throw new Error(database.problem.type)
  const read = await createVault(database.value).read()
  if (!read.ok || !read.value?.membership) throw new Error('nobody has moved in here')
  const record = parseMembershipRecord(read.value.membership)
  const account = record && (await accountOfRecord(record))
  if (!record?.family || !account) throw new Error('a membership that says nothing')
  const { deviceSeed } = read.value
  const family = record.family
  return {
    database: database.value,
    deviceSeed,
    device: await openDevice(deviceSeed),
    record,
    family,
    account,
  }
}
export type MyVault = Awaited<ReturnType<typeof openMyVault>>

export interface Mallory {
  hearth: RunningHearth
  store: LogStore
  device: Device
  wires: RenewedNetwork
}

/** The member with an honest core, over the real network. */
export const openMallory = async (
  { database, device, record, family, account }: MyVault,
  onPages: (link: Link, message: Uint8Array<ArrayBuffer>) => void,
): Promise<Mallory> => {
  const genesis = await readGenesis(family.genesis)
  if (!genesis) throw new Error('no genesis')
  const store = createLogStore(database)
  const created = await createHearth({
    genesis,
    account,
    loginName: record.loginName,
    device,
    certificate: record.certificate,
    known: family.statements,
    epochs: family.epochs,
    trust: createValue(noTrustMarks),
    store,
    documentStore: keepDocument(genesis.group),
    clock: browserClock,
    random: browserRandom,
  })
  if (!created.ok) throw new Error(created.problem.type)
  const hearth = created.value
  const secrets = await deriveFamilySecrets(family.secret)
  const wires = createRenewedNetwork(
    () =>
      connectBrowser({
        device,
        secrets,
        family: hearth.family,
        isAddressHidden: createValue(false),
        onRefused: (why) => reportError(new Error(why)),
      }),
    onPages,
  )
  hearth.attach(wires.network, createPageSync)
  return { hearth, store, device, wires }
}

const keepDocument = (group: string) => {
  let document: StoredDocument | undefined
  return {
    load(doc: Parameters<typeof openFamilyDocument>[0]) {
      document = openFamilyDocument(doc, `hearth-family-${group}`)
      return document.whenLoaded
    },
    close: () => document?.close() ?? Promise.resolve(),
  }
}
