import { createApp } from 'vue'
import App from './App.vue'
import { loadHpkeBy } from './core/crypto/load-hpke.ts'
import { createValue } from './core/value.ts'
import type { AppState } from './features/app-state.ts'
import type { UpdateOffer } from './features/update-offer.ts'
import { isOurLink, takeSharedTextFromAddress } from './address-link.ts'
import { keepOnDevice } from './keep-on-device.ts'
import { loadFirst } from './load-first.ts'
import { browserClock } from './net/browser-clock.ts'
import { startHearth, type RunningTab } from './start-hearth.ts'
import { createWriterLock } from './store/writer-lock.ts'
import { showFirstWords } from './ui/language/language-choice.ts'
import { i18n } from './ui/language/language.ts'
import { loadPart } from './ui/load-part.ts'
import { readLocalStorage } from './ui/local-storage.ts'

/** The composition root: the only place where the parts are put together. */

const app = createValue<AppState>({ status: 'starting' })

/** Bugs end here: a screen that says so, instead of one that stands still. */
const fallOver = (error: unknown) => {
  if (app.get().status !== 'starting') return
  app.set({ status: 'broken', problem: { type: 'unexpected', detail: String(error) } })
}

let running: Promise<RunningTab> | undefined

const openTab = () => {
  const lock = createWriterLock({
    locks: navigator.locks,
    channel: new BroadcastChannel('hearth'),
    clock: browserClock,
    release: async (how) => (await running)?.close(how),
  })
  lock.state.subscribe((state) => {
    if (state.status === 'writing') {
      running = startHearth(app)
      running.catch(fallOver)
    } else if (state.status === 'elsewhere') {
      app.set({ status: 'elsewhere', takeOver: () => void lock.takeOver() })
    } else {
      app.set({ status: state.status === 'taken' ? 'taken' : 'starting' })
    }
  })
  void lock.takeIfFree()
}

const beginAnew = async () => {
  // What fell over has nothing open.
  await running?.then(
    (tab) => tab.close('force'),
    () => undefined,
  )
  const { wipeThisBrowser } = await import('./store/wipe.ts')
  await wipeThisBrowser(browserClock)
  location.replace('/')
}

const update = createValue<UpdateOffer | undefined>(undefined)
const sharedText = createValue(takeSharedTextFromAddress())

/** With the first words of one language; the rest goes on meanwhile. */
const showApp = async () => {
  await showFirstWords(readLocalStorage(), loadFirst)
  createApp(App, { app, update, sharedText, beginAnew }).use(i18n).mount('#app')
}

void showApp()
keepOnDevice(app, update)
// It is asked for until it is here: there is nothing better to say than that what needs it has not come yet.
loadHpkeBy((load) => loadPart(load, () => undefined))
// A link pasted into the address of an open tab changes only the fragment: the page has to begin anew to follow it.
addEventListener('hashchange', () => {
  if (isOurLink(location.hash)) location.reload()
})
if (isSecureContext) openTab()
else app.set({ status: 'insecure' })
