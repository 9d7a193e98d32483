import { sharePath } from '../../shared/service-worker.ts'

/** `page`: the app itself. `part`: a file of it. `network`: none of ours, so the browser goes on as if there were no worker. */
export type Answer = 'page' | 'part' | 'network'

/** The part of a `Request` that decides. */
export interface Asked {
  method: string
  url: string
  mode: RequestMode
}

/** Only these addresses are the app. `/trust` and `/api` are the server's, and so is whatever else it may come to answer. */
const pagePaths: readonly string[] = ['/', sharePath]

/**
 * What a request is answered with. What is not surely ours is left alone: the worker must never stand between the page and the server.
 *
 * @param parts the paths of the files that were built together with this worker.
 */
export const answerFor = (
  { method, url, mode }: Asked,
  { origin, parts }: { origin: string; parts: ReadonlySet<string> },
): Answer => {
  const asked = new URL(url)
  if (method !== 'GET' || asked.origin !== origin) return 'network'
  if (mode === 'navigate') return pagePaths.includes(asked.pathname) ? 'page' : 'network'
  if (asked.search !== '') return 'network'
  // Those of an earlier Hearth too: a tab that still runs it may want them.
  return parts.has(asked.pathname) || asked.pathname.startsWith('/assets/') ? 'part' : 'network'
}
