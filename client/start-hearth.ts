import { showAllWords } from './ui/language/language-choice.ts'
import { readLocalStorage } from './ui/local-storage.ts'
import { takeLinkFromAddress } from './address-link.ts'
import { createEarlyHearth, type EarlyHearth } from './core/screen/early-hearth.ts'
import type { KeptScreen } from './core/screen/kept-screen.ts'
import { readKeptScreen } from './core/screen/read-kept-screen.ts'
import type { MutableValue } from './core/value.ts'
import type { AppState } from './features/app-state.ts'
import { createHome } from './home.ts'
import { loadFirst } from './load-first.ts'
import { browserClock } from './net/browser-clock.ts'
import { nextPaint } from './ui/next-paint.ts'
import { release } from './release.ts'
import { createSaidEarly } from './said-early.ts'
import { openDatabase } from './store/database.ts'
import { createScreenStore } from './store/screen-store.ts'
import { createVault } from './store/vault.ts'

/** What is open in the writing tab (P7): close it before another tab takes over. */
export interface RunningTab {
  /** After `force` nothing that still waits is written: another tab does already. */
  close(how: 'asked' | 'force'): Promise<void>
}

/** What is on the screen before the core is here. */
export interface Early extends Pick<EarlyHearth, 'become' | 'missServer'> {
  kept: KeptScreen
}

/** Opens the disk, and shows at once what the screen showed last. All that is needed beyond that comes afterwards. */
export const startHearth = async (app: MutableValue<AppState>): Promise<RunningTab> => {
  const opened = await openDatabase({
    onReleased: (why) =>
      app.set(
        why === 'newerTab' ? { status: 'taken' } : { status: 'broken', problem: { type: 'storageTaken' } },
      ),
  })
  if (!opened.ok) {
    app.set({ status: 'broken', problem: opened.problem })
    // With them comes the way out.
    void showAllWords(readLocalStorage(), loadFirst)
    return { close: () => Promise.resolve() }
  }
  const database = opened.value
  const vault = createVault(database)
  const storage = readLocalStorage()
  const link = takeLinkFromAddress()
  const home = createHome({
    app,
    storage,
    linking: link?.type === 'linking' ? link.link : undefined,
  })
  const said = createSaidEarly(storage)
  said.makeDrafts()
  const known = await vault.read()

  const showKept = async (): Promise<Early | undefined> => {
    // Without a membership nobody has been in yet, and under a closed lock nothing is to be seen.
    if (!known.ok || !known.value?.membership) return undefined
    const rows = await createScreenStore(database, known.value.deviceSeed).load()
    const kept = readKeptScreen(rows, release)
    if (!kept) return undefined
    const { hearth, become, missServer } = createEarlyHearth({
      kept,
      nowMs: browserClock.now,
      keepSaid: said.keep,
    })
    home.phrase.set(kept.home.phrase)
    await home.show(hearth)
    await nextPaint()
    return { kept, become, missServer }
  }

  const early = await showKept()
  const [{ beginHearth }] = await Promise.all([
    loadFirst(() => import('./begin-hearth.ts'), early?.missServer),
    showAllWords(storage, loadFirst),
  ])
  return beginHearth({ app, database, vault, known, link, home, early })
}
