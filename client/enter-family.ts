import type { Bytes } from '../shared/crypto/bytes.ts'
import { createAddressHiding, type BrowserAddressHiding } from './address-hiding.ts'
import { createDoctor, type BrowserDoctor } from './connection-doctor.ts'
import { accountOfRecord } from './core/account/entrance.ts'
import type { AppLock } from './core/account/my-account.ts'
import { rememberKeys } from './core/account/remember-keys.ts'
import type { VaultKeeper } from './core/account/vault-keeper.ts'
import { createHearth, type RunningHearth } from './core/create-hearth.ts'
import { loadHpke } from './core/crypto/load-hpke.ts'
import { readGenesis } from './core/group/genesis.ts'
import type { Device } from './core/identity/device.ts'
import { deriveFamilySecrets } from './core/identity/family-secrets.ts'
import { entryKinds } from './core/log/entry.ts'
import { createValue, type MutableValue } from './core/value.ts'
import type { AppState, SignedOutWhy } from './features/app-state.ts'
import type { CallDesk } from './features/call-stage.ts'
import { browserClock } from './net/browser-clock.ts'
import { browserRandom } from './net/browser-random.ts'
import type { HearthDatabase } from './store/database.ts'
import { openFamilyDocument, type StoredDocument } from './store/family-document.ts'
import { createLogStore } from './store/log-store.ts'
import { createReadingStore } from './store/reading-store.ts'
import type { StartedCalls } from './start-calls.ts'
import { loadPart } from './ui/load-part.ts'
import { readLocalStorage } from './ui/local-storage.ts'

export interface EnterFamilyOptions {
  app: MutableValue<AppState>
  database: HearthDatabase
  device: Device
  keeper: VaultKeeper
  lock: AppLock
  /** A family document to begin with, from a welcome or from the device that linked this one. */
  snapshot: Bytes | undefined
  /** Of a device that wants to be linked. */
  linking: string | undefined
  wipe(): Promise<void>
}

/** Shows the history first, from the disk alone; the network comes after it is painted. */
export const enterFamily = async (options: EnterFamilyOptions): Promise<RunningHearth | undefined> => {
  const { app, database, device, keeper, lock, snapshot, wipe } = options
  const record = keeper.record.get()
  const account = await accountOfRecord(record)
  const genesis = record.family && (await readGenesis(record.family.genesis))
  if (!account || !record.family || !genesis) {
    app.set({ status: 'broken', problem: { type: 'sealBroken', field: 'membership' } })
    return undefined
  }
  const trust = createValue(keeper.notes.get().trust)
  keeper.notes.subscribe((notes) => trust.set(notes.trust))
  let document: StoredDocument | undefined
  const created = await createHearth({
    genesis,
    account,
    loginName: record.loginName,
    device,
    certificate: record.certificate,
    known: record.family.statements,
    epochs: record.family.epochs,
    trust,
    store: createLogStore(database),
    readingStore: createReadingStore(database),
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
  if (!created.ok) {
    app.set({ status: 'broken', problem: created.problem })
    return undefined
  }
  const hearth = created.value
  if (snapshot && snapshot.length > 0) await hearth.family.take(snapshot)
  await introduceMyself(hearth, keeper)

  const { createSignedIn } = await import('./signed-in.ts')
  const { linking } = options
  const calls = createValue<CallDesk | undefined>(undefined)
  let endCalls: () => void = () => undefined
  const addressHiding = createAddressHiding(readLocalStorage())
  const doctor = createDoctor({
    clock: browserClock,
    isAddressHidden: addressHiding.isHidden.get,
    nameDevice: (id) => {
      const { membership } = hearth.family.state.get()
      const owner = membership.accountOf(id)
      return {
        person: hearth.people.get().find((person) => person.id === owner)?.name ?? '',
        deviceName: membership.certificateOf(id)?.name ?? '',
      }
    },
  })
  app.set({
    status: 'ready',
    hearth,
    calls,
    doctor,
    linking,
    ...createSignedIn({ device, account, hearth, keeper, lock, addressHiding, wipe }),
  })
  const leave = (why: SignedOutWhy) => {
    if (app.get().status === 'ready') app.set({ status: 'signedOut', why, wipe })
  }
  hearth.family.state.subscribe(({ membership }) => {
    if (membership.members.get(account)?.isRemoved) leave('accountRemoved')
    else if (hearth.family.standingOf(device.id) === 'revoked') leave('deviceRevoked')
  })
  const familySecret = record.family.secret
  void connectLater({
    hearth,
    device,
    keeper,
    familySecret,
    addressHiding,
    doctor,
    onSignedOut: () => leave('turnedAway'),
  }).then((started) => {
    endCalls = () => started.close()
    calls.set(started)
  })
  return {
    ...hearth,
    close() {
      endCalls()
      return hearth.close()
    },
  }
}

/** What the others have to know of this device and, once, of its person. Where the disk is full, the next start tries again. */
const introduceMyself = async (hearth: RunningHearth, keeper: VaultKeeper): Promise<void> => {
  const announced = await hearth.family.announce()
  const { needsProfile, loginName } = keeper.record.get()
  if (!announced.ok || !needsProfile) return
  const profile = { kind: entryKinds.profile, name: loginName, status: '', picture: new Uint8Array(0) }
  const told = await hearth.family.write(profile)
  if (told.ok) await keeper.changeRecord({ needsProfile: false })
}

interface ConnectLaterOptions {
  hearth: RunningHearth
  device: Device
  keeper: VaultKeeper
  familySecret: Bytes
  addressHiding: BrowserAddressHiding
  doctor: BrowserDoctor
  onSignedOut: () => void
}

/** The network, and all its code, once a frame with the history in it was shown. */
const connectLater = async ({
  hearth,
  device,
  keeper,
  familySecret,
  addressHiding,
  doctor,
  onSignedOut,
}: ConnectLaterOptions): Promise<StartedCalls> => {
  await nextPaint() // the screen has opened the room it shows
  await hearth.whenShown()
  await nextPaint()
  rememberKeys(hearth.family, keeper)
  const [{ connectBrowser }, { createPageSync }, { startCalls }, secrets] = await Promise.all([
    loadPart(
      () => import('./net/connect-browser.ts'),
      () => undefined,
    ),
    loadPart(
      () => import('./core/sync/page-sync.ts'),
      () => undefined,
    ),
    loadPart(
      () => import('./start-calls.ts'),
      () => undefined,
    ),
    deriveFamilySecrets(familySecret),
  ])
  // Now and not when a key changes: the server may be gone by then.
  void loadHpke()
  const network = await connectBrowser({
    device,
    secrets,
    family: hearth.family,
    isAddressHidden: addressHiding.isHidden,
    onRefused: (why) => {
      if (why === 'signedOut') onSignedOut()
    },
  })
  addressHiding.attach(network)
  doctor.attach(network)
  hearth.attach(network, createPageSync)
  return startCalls({ ground: hearth.callGround, network })
}

const nextPaint = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))
