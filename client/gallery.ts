import { createApp, h } from 'vue'
import App from './App.vue'
import { createValue } from './core/value.ts'
import GalleryIndex from './GalleryIndex.vue'
import { galleryStates } from './gallery-states.ts'

/**
 * For looking only, never built: every state of the screen over an invented family. `npm run gallery`.
 * `?state=long` shows one; `&dir=rtl` and `&lang=ar` turn it.
 */
const wanted = new URLSearchParams(location.search)
document.documentElement.dir = wanted.get('dir') ?? 'ltr'
document.documentElement.lang = wanted.get('lang') ?? 'en'

const makeState = galleryStates[wanted.get('state') ?? '']
const app = makeState && createValue(makeState())

createApp({
  render: () => (app ? h(App, { app }) : h(GalleryIndex, { states: Object.keys(galleryStates) })),
}).mount('#app')
