import type { Bytes } from './core/crypto/bytes.ts'
import { createHearth, type RunningHearth } from './core/create-hearth.ts'
import { openDevice, type Device } from './core/identity/device.ts'
import { deriveFamilySecrets, type FamilySecrets } from './core/identity/family-secrets.ts'
import type { Vault, VaultContents } from './core/ports.ts'
import type { MutableValue } from './core/value.ts'
import { followLink, takeLinkFromAddress } from './family-admission.ts'
import type { AppState, LinkProblem } from './features/app-state.ts'
import { browserClock } from './net/browser-clock.ts'
import { browserRandom } from './net/browser-random.ts'
import { hasBeenHere, rememberBeingHere } from './store/been-here.ts'
import { openDatabase, type HearthDatabase } from './store/database.ts'
import { openFamilyDocument, type StoredDocument } from './store/family-document.ts'
import { createLogStore } from './store/log-store.ts'
import { keepStorage } from './store/persistence.ts'
import { createVault } from './store/vault.ts'
import { readLocalStorage } from './ui/local-storage.ts'

/** What is open in the writing tab (P7): close it before another tab takes over. */
export interface RunningTab {
  /** After `force` nothing that still waits is written: another tab does already. */
  close(how: 'asked' | 'force'): Promise<void>
}

/** Opens the disk, finds out who this browser is, and leads to the chat or to the screen that is missing before it. */
export const startHearth = async (app: MutableValue<AppState>): Promise<RunningTab> => {
  const opened = await openDatabase({ onReleased: () => app.set({ status: 'taken' }) })
  if (!opened.ok) {
    app.set({ status: 'broken', problem: opened.problem })
    return { close: () => Promise.resolve() }
  }
  const database = opened.value
  let hearth: RunningHearth | undefined
  const close = async (how: 'asked' | 'force') => {
    if (how === 'force') database.close()
    await hearth?.close()
    database.close()
  }

  const vault = createVault(database)
  const known = await vault.read()
  const contents = await vault.readOrCreate({ deviceSeed: browserRandom.bytes(32) })
  if (!contents.ok) {
    app.set({ status: 'broken', problem: contents.problem })
    return { close }
  }
  const device = await openDevice(contents.value.deviceSeed)
  const enter = async (familySecret: Bytes) => {
    hearth = await enterFamily(app, database, device, familySecret)
  }
  const isLost = known.ok && known.value === undefined && hasBeenHere(readLocalStorage())
  await arrive({ app, vault, device, contents: contents.value, enter, isLost })
  return { close }
}

interface Arrival {
  app: MutableValue<AppState>
  vault: Vault
  device: Device
  contents: VaultContents
  enter(familySecret: Bytes): Promise<void>
  /** The browser was of a family and has forgotten it. */
  isLost: boolean
}

/** With a link, by the link; without, into the family this browser belongs to. */
const arrive = async ({ app, vault, device, contents, enter, isLost }: Arrival): Promise<void> => {
  const ask = (problem?: LinkProblem) =>
    app.set({ status: 'needsLink', problem, onLink: (link) => void follow(link) })
  const follow = async (link: string) => {
    const secret = await followLink(link, { device, vault, contents })
    if (secret.ok) await enter(secret.value)
    else ask(secret.problem)
  }
  const link = takeLinkFromAddress()
  if (link !== undefined) await follow(link)
  else if (contents.familySecret) await enter(contents.familySecret)
  else ask(isLost ? 'storageLost' : undefined)
}

/** Shows the history first, from the disk alone; the network comes after it is painted. */
const enterFamily = async (
  app: MutableValue<AppState>,
  database: HearthDatabase,
  device: Device,
  familySecret: Bytes,
): Promise<RunningHearth | undefined> => {
  const secrets = await deriveFamilySecrets(familySecret)
  rememberBeingHere(readLocalStorage())
  let document: StoredDocument | undefined
  const created = await createHearth({
    group: secrets.group,
    device,
    store: createLogStore(database),
    documentStore: {
      load(doc) {
        document = openFamilyDocument(doc, `hearth-family-${secrets.group}`)
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
  showFamily(app, hearth)
  void connectLater(hearth, device, secrets)
  return hearth
}

/** The chat, once this person has a name. */
const showFamily = (app: MutableValue<AppState>, hearth: RunningHearth): void => {
  if (hearth.me.get()) {
    app.set({ status: 'ready', hearth })
    return
  }
  app.set({ status: 'needsName', setName: (name) => hearth.setName(name) })
  const leave = hearth.me.subscribe((me) => {
    if (!me) return
    leave()
    app.set({ status: 'ready', hearth })
    // From the click that gave the name, since Firefox asks the person.
    void keepStorage(navigator.storage)
  })
}

/** The network, and all its code, once a frame with the history in it was shown. */
const connectLater = async (hearth: RunningHearth, device: Device, secrets: FamilySecrets): Promise<void> => {
  await nextPaint() // the screen has opened the room it shows
  await hearth.whenShown()
  await nextPaint()
  await connect(hearth, device, secrets)
}

const nextPaint = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))

const connect = async (hearth: RunningHearth, device: Device, secrets: FamilySecrets): Promise<void> => {
  const { connectBrowser } = await import('./net/connect-browser.ts')
  hearth.attach(await connectBrowser({ device, secrets, family: hearth.family }))
}
