import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

export default defineConfig({
  root: 'client',
  // Served from the root of the family's own server; nothing is fetched from anywhere else.
  base: '/',
  plugins: [
    vue(),
    // Builds the service worker beside the app, with the list of all that is to be kept on the device. Everything else is ours.
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'service-worker',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest: false,
      // A build within the build: whoever starts Hearth for the first time need not read how it went.
      integration: {
        configureCustomSWViteBuild(options) {
          options.logLevel = 'error'
          // The old name of what one file is by itself: rolldown warns of it.
          const { rollupOptions } = (options.build ?? {}) as {
            rollupOptions?: { output?: Record<string, unknown> }
          }
          delete rollupOptions?.output?.inlineDynamicImports
        },
      },
      injectManifest: {
        globPatterns: ['**/*'],
        dontCacheBustURLsMatching: /^assets\//,
        maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
      },
    }),
  ],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    // We compile our messages ourselves (ui/language/compile-message.ts).
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
  },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    // The strict CSP allows no inlined data: URLs for scripts, and a family never needs source maps.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // @hpke/core would ask Node for it where there is no WebCrypto. Every browser we run in has that, so it is never loaded.
    // On a slow machine it would tell at length how long the plugins took.
    rolldownOptions: {
      external: ['crypto'],
      checks: { bundlerTimings: false },
      // All that is loaded before anything is painted in one file: cut along what later parts share with it, it is a twentieth larger.
      output: { codeSplitting: { groups: [{ name: 'first', test: /client\/main\.ts$/ }] } },
    },
  },
  worker: {
    format: 'es',
    // The server gives /assets/opaque-worker*.js a policy of its own, and no other file (A2).
    rolldownOptions: { output: { entryFileNames: 'assets/[name]-[hash].js' } },
  },
})
