import { createApp, h } from 'vue'
import App from './App.vue'
import { createValue } from './core/value.ts'
import GalleryIndex from './GalleryIndex.vue'
import { galleryOffers } from './gallery-offers.ts'
import { chooseLookFor, withSimpleStates } from './gallery-simple-states.ts'
import { galleryStates } from './gallery-states.ts'
import { catalogue as english } from './ui/language/en/catalogue.ts'
import { showLanguage } from './ui/language/language-choice.ts'
import { i18n, speak } from './ui/language/language.ts'
import { pickLanguage } from './ui/language/languages.ts'
import { makePseudo } from './ui/language/testing/pseudo.ts'

/**
 * For looking only, and never shipped: every state of the screen over an invented family. `npm run gallery`.
 * `?state=long` shows one; `&language=ar` says it in another language, `&language=pseudo` in one that nobody speaks, in which whatever
 * is in no catalogue stands out; `&dir=rtl` turns it.
 */
const wanted = new URLSearchParams(location.search)
const language = wanted.get('language')
await showLanguage(pickLanguage(language, []), (load) => load())
if (language === 'pseudo') speak('en', makePseudo(english))
const direction = wanted.get('dir')
if (direction) document.documentElement.dir = direction

const state = wanted.get('state') ?? ''
chooseLookFor(state, localStorage)
const states = withSimpleStates(galleryStates)
const makeState = states[state]
const app = makeState && createValue(makeState())
const offers = galleryOffers[state]?.()

createApp({
  render: () => (app ? h(App, { app, ...offers }) : h(GalleryIndex, { states: Object.keys(states) })),
})
  .use(i18n)
  .mount('#app')
