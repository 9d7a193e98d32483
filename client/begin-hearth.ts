import type { Bytes } from '../shared/crypto/bytes.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import type { AddressLink } from './address-link.ts'
import type { AccountProblem } from './core/account/account-problem.ts'
import type { ArrivalProblem } from './core/account/arrival.ts'
import type { Entrance } from './core/account/entrance.ts'
import { encodeMembershipRecord, parseMembershipRecord } from './core/account/membership-record.ts'
import type { MembershipRecord } from './core/account/membership-record.ts'
import { encodePrivateNotes, noPrivateNotes } from './core/account/private-notes.ts'
import { createVaultKeeper } from './core/account/vault-keeper.ts'
import { openDevice, type Device } from './core/identity/device.ts'
import type { VaultContents, VaultProblem } from './core/ports.ts'
import type { MutableValue } from './core/value.ts'
import type { AppState } from './features/app-state.ts'
import type { Home } from './home.ts'
import { loadFirst } from './load-first.ts'
import type { Early, RunningTab } from './start-hearth.ts'
import { browserClock } from './net/browser-clock.ts'
import { browserRandom } from './net/browser-random.ts'
import { tellRefusedReads } from './refused-reads.ts'
import { createAppLock } from './store/app-lock.ts'
import { hasBeenHere, rememberBeingHere } from './store/been-here.ts'
import type { HearthDatabase } from './store/database.ts'
import { createPasskeys } from './store/passkey.ts'
import { keepStorage } from './store/persistence.ts'
import { createScreenStore } from './store/screen-store.ts'
import type { LockableVault } from './store/vault.ts'
import { wipeThisBrowser } from './store/wipe.ts'
import { readLocalStorage } from './ui/local-storage.ts'

export interface BeginOptions {
  app: MutableValue<AppState>
  database: HearthDatabase
  vault: LockableVault
  /** What the vault said when it was first read. */
  known: Result<VaultContents | undefined, VaultProblem>
  link: AddressLink | undefined
  home: Home
  /** What is on the screen already. */
  early: Early | undefined
}

/** Finds out who this browser is, and leads to the chat or to the screen that is missing before it. */
export const beginHearth = async (options: BeginOptions): Promise<RunningTab> => {
  const { app, database, vault, link, home, early } = options
  addEventListener('unhandledrejection', tellRefusedReads(app))
  const lock = createAppLock({
    vault,
    passkeys: createPasskeys({ credentials: navigator.credentials, host: location.hostname }),
  })
  /** Closes what is open beside the database; in the end there is one thing only. */
  let closeOpen: () => Promise<void> = () => Promise.resolve()

  /** What goes on by itself after a click has nobody to throw to: its bugs end on a screen that says so. */
  const goOnFrom = (work: Promise<unknown>): void => {
    work.catch((error: unknown) =>
      app.set({ status: 'broken', problem: { type: 'unexpected', detail: String(error) } }),
    )
  }

  const wipe = async (takeLeave?: () => Promise<unknown>) => {
    await closeOpen()
    // Not before: a connection that the server ends tries to come back.
    await takeLeave?.()
    database.close()
    await wipeThisBrowser(browserClock)
    location.replace('/')
  }

  const begin = async (known: BeginOptions['known']): Promise<void> => {
    if (!known.ok && known.problem.type === 'locked')
      return app.set({ status: 'locked', door: lock.door(() => goOnFrom(vault.read().then(begin))) })
    const contents = await vault.readOrCreate({ deviceSeed: browserRandom.bytes(32) })
    if (!contents.ok) return app.set({ status: 'broken', problem: contents.problem })
    const device = await openDevice(contents.value.deviceSeed)
    const { membership } = contents.value
    if (membership === undefined) {
      const isLost = known.ok && known.value === undefined && hasBeenHere(readLocalStorage())
      return showArrival(
        { contents: contents.value, device },
        link,
        isLost ? { type: 'storageLost' } : undefined,
      )
    }
    const record = parseMembershipRecord(membership)
    if (!record) return app.set({ status: 'broken', problem: { type: 'sealBroken', field: 'membership' } })
    await goOn({ contents: contents.value, device, record, snapshot: undefined })
  }

  interface Opened {
    contents: VaultContents
    device: Device
  }

  const showArrival = async (
    here: Opened,
    followed: AddressLink | undefined,
    problem: ArrivalProblem | undefined,
  ): Promise<void> => {
    // None of it is needed by those who are in: it comes when it is asked for.
    const { arrive } = await import('./arrive.ts')
    const arrival = await arrive({
      device: here.device,
      link: followed?.type === 'invitation' ? followed.link : undefined,
      problem,
      openLink: (pasted) => goOnFrom(showArrival(here, { type: 'invitation', link: pasted }, undefined)),
      enter: (entrance, phrase) => enter(here, entrance, phrase),
    })
    app.set({ status: 'arriving', arrival })
    // While somebody types: what the chat will ask for first.
    void import('./signed-in.ts')
  }

  /** Keeps who this browser is from now on. */
  const enter = async (
    { contents, device }: Opened,
    { record, snapshot }: Entrance,
    phrase: readonly string[] | undefined,
  ): Promise<Result<void, AccountProblem>> => {
    // Who came by password or phrase has not just been given a phrase to write down.
    const notes = { ...noPrivateNotes, hasKeptPhrase: phrase === undefined }
    const kept: VaultContents = {
      deviceSeed: contents.deviceSeed,
      membership: encodeMembershipRecord(record),
      notes: encodePrivateNotes(notes),
    }
    const written = await vault.write(kept)
    if (!written.ok) return fail(written.problem)
    // From the click that led here, since Firefox asks the person.
    void keepStorage(navigator.storage)
    const proceed = (hasKeptPhrase: boolean) => {
      const told = { ...kept, notes: encodePrivateNotes({ ...notes, hasKeptPhrase }) }
      goOnFrom(vault.write(told).then(() => goOn({ contents: told, device, record, snapshot })))
    }
    if (phrase === undefined) await goOn({ contents: kept, device, record, snapshot })
    else
      app.set({
        status: 'keepPhrase',
        words: phrase,
        onKept: () => proceed(true),
        onLater: () => proceed(false),
      })
    return ok(undefined)
  }

  const goOn = async ({
    contents,
    device,
    record,
    snapshot,
  }: Opened & { record: MembershipRecord; snapshot: Bytes | undefined }): Promise<void> => {
    rememberBeingHere(readLocalStorage())
    const keeper = createVaultKeeper(vault, contents, record)
    if (!record.family) {
      const { waitToBeLetIn } = await import('./wait-to-be-let-in.ts')
      return waitToBeLetIn({
        app,
        device,
        keeper,
        wipe,
        onLetIn: (welcomed) =>
          goOnFrom(goOn({ contents, device, record: keeper.record.get(), snapshot: welcomed })),
      })
    }
    const { enterFamily } = await loadFirst(() => import('./enter-family.ts'), early?.missServer)
    const hearth = await enterFamily({
      app,
      database,
      device,
      keeper,
      lock: lock.lock,
      home,
      early,
      snapshot,
      screens: createScreenStore(database, contents.deviceSeed),
      wipe,
    })
    if (hearth) closeOpen = () => hearth.close()
  }

  await begin(options.known)
  return {
    async close(how) {
      if (how === 'force') database.close()
      await closeOpen()
      database.close()
    },
  }
}
