import { useNowMessage } from '../../shared/service-worker.ts'
import { answerFor } from './answer-for.ts'
import { openNoticed } from './open-noticed.ts'
import { createShellCaches, pathOf, type ShellPart } from './shell-caches.ts'

/**
 * Keeps the app itself on the device, so that it opens without the server (ux 39). It neither sees nor keeps anything else: no call
 * to the server, no message, and no address, since what invites may stand in one (ux 2).
 */
declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly ShellPart[] }

// The build puts the list of its files here.
const parts = self.__WB_MANIFEST
const known = { origin: self.location.origin, parts: new Set(parts.map(pathOf)) }
const shell = createShellCaches({
  caches: self.caches,
  fetch: (path, options) => fetch(path, options),
  parts,
})

self.addEventListener('install', (event) => event.waitUntil(shell.fill()))
self.addEventListener('activate', (event) =>
  // The page that brought it is kept from now on, too: its parts may be gone from the server when it asks for them.
  event.waitUntil(shell.takeOver().then(() => self.clients.claim())),
)
self.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
  if (data === useNowMessage) void self.skipWaiting()
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const windows = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const openWindow = (path: string) => self.clients.openWindow(path)
  event.waitUntil(openNoticed(event.notification.data, { windows, openWindow }))
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const answer = answerFor(request, known)
  if (answer === 'network') return
  const kept = answer === 'page' ? shell.page() : shell.part(new URL(request.url).pathname)
  event.respondWith(kept.then((found) => found ?? fetch(request)))
})
