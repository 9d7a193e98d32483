import type { ClientFile, ClientFiles, Encoding } from './client-files.ts'
import { answerEmpty, answerText, type Exchange } from './exchange.ts'
import { policyOf } from './security-headers.ts'

/** Sends a file of the client; a page that is opened by its address and is no file is the app itself. */
export const serveClient = async (exchange: Exchange, files: ClientFiles): Promise<void> => {
  const { request, path } = exchange
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return answerEmpty(exchange, 405, { Allow: 'GET, HEAD' })
  }
  const file = files.get(path) ?? (isNavigation(exchange) ? files.get('/index.html') : undefined)
  if (file) {
    for (const [name, value] of Object.entries(policyOf(path))) exchange.response.setHeader(name, value)
    return serveFile(exchange, file)
  }
  if (files.size === 0)
    return answerText(exchange, 503, 'Hearth has not been built yet: start it with npm start.\n')
  answerText(exchange, 404, 'There is nothing here.\n')
}

const isNavigation = ({ request, path }: Exchange): boolean =>
  path === '/' ||
  (!/\.[a-z0-9]+$/i.test(path) &&
    (request.headers['sec-fetch-mode'] ?? 'navigate') === 'navigate' &&
    (request.headers.accept ?? '').includes('text/html'))

export const serveFile = async ({ request, response }: Exchange, file: ClientFile): Promise<void> => {
  const cacheControl = file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache'
  const headers = { 'Cache-Control': cacheControl, ETag: file.etag, Vary: 'Accept-Encoding' }
  if (request.headers['if-none-match']?.includes(file.etag)) {
    response.writeHead(304, headers).end()
    return
  }
  const { encoding, bytes } = await file.encoded(preferredEncoding(request.headers['accept-encoding']))
  response.writeHead(200, {
    ...headers,
    'Content-Type': file.type,
    'Content-Length': bytes.length,
    ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
  })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

const preferredEncoding = (accepted: string | string[] | undefined): Encoding => {
  const names = String(accepted ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';')[0])
  return names.includes('br') ? 'br' : names.includes('gzip') ? 'gzip' : 'identity'
}
