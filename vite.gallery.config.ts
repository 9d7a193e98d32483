import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import app from './vite.config.ts'

/** The page of every state, for the journeys that walk through it: built, it opens several times faster. Nobody is served it. */
export default defineConfig({
  ...app,
  plugins: [vue()],
  build: {
    ...app.build,
    outDir: '../dist/gallery',
    rolldownOptions: { ...app.build?.rolldownOptions, input: 'client/gallery.html' },
  },
})
