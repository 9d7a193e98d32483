import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createClientFile, type ClientFile } from './client-files.ts'
import { answerEmpty, answerText, type Exchange } from './exchange.ts'
import { serveFile } from './serve-file.ts'

export interface TrustPage {
  isFor(path: string): boolean
  serve(exchange: Exchange): Promise<void>
}

export interface TrustPageOptions {
  /** Undefined when the certificate is from an authority that every device trusts already. */
  authority: { authorityDer: Buffer; authorityFingerprint: string } | undefined
  httpsPort: () => number | undefined
}

const folder = new URL('../trust-page/', import.meta.url)
const certificatePath = '/trust/hearth.crt'

/** /trust: where a device gets the family's certificate, and how to install it. */
export const createTrustPage = async ({ authority, httpsPort }: TrustPageOptions): Promise<TrustPage> => {
  const read = (name: string): Promise<Buffer> => readFile(fileURLToPath(new URL(name, folder)))
  const template = (await read('trust.html'))
    .toString('utf8')
    // It may break after a colon, so that pairs stay together on a narrow screen.
    .replaceAll('{fingerprint}', authority?.authorityFingerprint.replaceAll(':', ':<wbr />') ?? '')
  let page: ClientFile | undefined
  const servedPage = (): ClientFile => {
    const text = template.replaceAll('{httpsPort}', String(httpsPort() ?? ''))
    page ??= createClientFile('trust.html', Buffer.from(text))
    return page
  }
  const files = new Map<string, ClientFile>([
    ['/trust/trust.css', createClientFile('trust.css', await read('trust.css'))],
    ['/trust/trust.js', createClientFile('trust.js', await read('trust.js'))],
  ])

  const serveCertificate = ({ response, request }: Exchange, der: Buffer): void => {
    response.writeHead(200, {
      // Under this type iPhones and Androids offer to install it, rather than to keep it.
      'Content-Type': 'application/x-x509-ca-cert',
      'Content-Disposition': 'attachment; filename="hearth.crt"',
      'Content-Length': der.length,
      'Cache-Control': 'no-store',
    })
    response.end(request.method === 'HEAD' ? undefined : der)
  }

  return {
    isFor: (path) => path === '/trust' || path.startsWith('/trust/'),
    serve: async (exchange) => {
      const { method } = exchange.request
      if (method !== 'GET' && method !== 'HEAD') return answerEmpty(exchange, 405, { Allow: 'GET, HEAD' })
      if (!authority) return answerText(exchange, 404, 'This Hearth needs no certificate to be installed.\n')
      if (exchange.path === certificatePath) return serveCertificate(exchange, authority.authorityDer)
      const isPage = exchange.path === '/trust' || exchange.path === '/trust/'
      const file = isPage ? servedPage() : files.get(exchange.path)
      if (file) return serveFile(exchange, file)
      answerText(exchange, 404, 'There is nothing here.\n')
    },
  }
}
