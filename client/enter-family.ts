import type { Bytes } from '../shared/crypto/bytes.ts'
import type { BrowserAddressHiding } from './address-hiding.ts'
import { createDoctor, type BrowserDoctor } from './connection-doctor.ts'
import { accountOfRecord } from './core/account/entrance.ts'
import type { AppLock } from './core/account/my-account.ts'
import { rememberKeys } from './core/account/remember-keys.ts'
import { phraseState } from './core/account/phrase-state.ts'
import type { VaultKeeper } from './core/account/vault-keeper.ts'
import { createHearth, type RunningHearth } from './core/create-hearth.ts'
import { loadHpke } from './core/crypto/load-hpke.ts'
import { readGenesis } from './core/group/genesis.ts'
import type { Device } from './core/identity/device.ts'
import { deriveFamilySecrets } from './core/identity/family-secrets.ts'
import { entryKinds } from './core/log/entry.ts'
import type { ScreenStore } from './core/ports.ts'
import { keepScreen } from './core/screen/keep-screen.ts'
import { followValue } from './core/screen/early-timeline.ts'
import { createValue, type MutableValue } from './core/value.ts'
import type { AppState, SignedOutWhy } from './features/app-state.ts'
import type { Home } from './home.ts'
import { createLaterSearch } from './later-search.ts'
import { loadFirst } from './load-first.ts'
import { browserClock } from './net/browser-clock.ts'
import { browserRandom } from './net/browser-random.ts'
import type { HearthDatabase } from './store/database.ts'
import { nextPaint } from './ui/next-paint.ts'
import { openFamilyDocument, type StoredDocument } from './store/family-document.ts'
import { createLogStore } from './store/log-store.ts'
import { createReadingStore } from './store/reading-store.ts'
import { release } from './release.ts'
import type { StartedCalls } from './start-calls.ts'
import type { Early } from './start-hearth.ts'
import { loadPart } from './ui/load-part.ts'

export interface EnterFamilyOptions {
  app: MutableValue<AppState>
  database: HearthDatabase
  device: Device
  keeper: VaultKeeper
  lock: AppLock
  home: Home
  /** What is on the screen already. */
  early: Early | undefined
  /** A family document to begin with, from a welcome or from the device that linked this one. */
  snapshot: Bytes | undefined
  screens: ScreenStore
  wipe(takeLeave?: () => Promise<unknown>): Promise<void>
}

/** Shows the history first, from the disk alone; the network comes after it is painted. */
export const enterFamily = async (options: EnterFamilyOptions): Promise<RunningHearth | undefined> => {
  const { app, database, device, keeper, lock, home, early, snapshot, wipe } = options
  const { addressHiding } = home
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
    shown: early?.kept.home,
  })
  if (!created.ok) {
    app.set({ status: 'broken', problem: created.problem })
    return undefined
  }
  const running = created.value
  if (snapshot && snapshot.length > 0) await running.family.take(snapshot)
  await introduceMyself(running, keeper)
  followValue(home.phrase, phraseState(keeper))
  const screen = keepScreen({
    hearth: running,
    store: options.screens,
    phrase: home.phrase,
    clock: browserClock,
    release,
  })
  const { hearth } = screen
  // A page that is put away may never be heard of again.
  addEventListener('visibilitychange', () => void screen.keepNow())
  if (early) early.become(hearth)
  const drawn = early ? Promise.resolve() : home.show(hearth)

  const { createSignedIn } = await loadFirst(() => import('./signed-in.ts'))
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
  const search = createLaterSearch(hearth, database)
  home.signedIn.set({
    ...createSignedIn({ device, account, hearth, keeper, lock, addressHiding, wipe }),
    doctor,
    search,
  })
  const leave = (why: SignedOutWhy) => {
    if (app.get().status === 'ready') app.set({ status: 'signedOut', why, wipe })
  }
  hearth.family.state.subscribe(({ membership }) => {
    if (membership.members.get(account)?.isRemoved) leave('accountRemoved')
    else if (hearth.family.standingOf(device.id) === 'revoked') leave('deviceRevoked')
  })
  let endCalls: () => void = () => undefined
  const familySecret = record.family.secret
  void connectLater({
    hearth,
    device,
    keeper,
    familySecret,
    addressHiding,
    doctor,
    drawn,
    onSignedOut: () => leave('turnedAway'),
  }).then((started) => {
    endCalls = () => started.close()
    home.calls.set(started)
  })
  return {
    ...hearth,
    async close() {
      endCalls()
      search.close()
      screen.close()
      await screen.keepNow()
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
  /** The screen has opened the room it shows. */
  drawn: Promise<void>
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
  drawn,
  onSignedOut,
}: ConnectLaterOptions): Promise<StartedCalls> => {
  await drawn
  await nextPaint()
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
