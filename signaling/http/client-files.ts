import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** One file of the built client, ready to be sent. */
export interface ClientFile {
  type: string
  etag: string
  isImmutable: boolean
  /** The bytes in the wished encoding, or as they are where compressing gains nothing. Made once, at the first wish. */
  encoded(wish: Encoding): Promise<EncodedFile>
}
export interface EncodedFile {
  encoding: Encoding
  bytes: Buffer
}
export type Encoding = 'br' | 'gzip' | 'identity'

/**
 * The built client, held in memory: about a megabyte. So no request ever names a file on the disk, and none can reach beside the
 * folder or fail because it was rebuilt meanwhile.
 */
export type ClientFiles = ReadonlyMap<string, ClientFile>

/** Empty where the folder is missing. */
export const readClientFiles = async (folder: string): Promise<ClientFiles> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = new Map<string, ClientFile>()
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    files.set(path, createClientFile(path, await readFile(file)))
  }
  return files
}

export const createClientFile = (path: string, bytes: Buffer): ClientFile => {
  const type = types[extname(path)] ?? 'application/octet-stream'
  const made = new Map<Encoding, Promise<EncodedFile>>()
  const isWorthIt = compressible.test(type) && bytes.length > 1_024
  return {
    type,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    // Vite puts a hash of the content into the names of what it builds, so such a file never changes.
    isImmutable: path.startsWith('/assets/'),
    encoded: (wish) => {
      const encoding = isWorthIt ? wish : 'identity'
      const ready = made.get(encoding) ?? compress(bytes, encoding)
      made.set(encoding, ready)
      return ready
    },
  }
}

const compress = async (bytes: Buffer, encoding: Encoding): Promise<EncodedFile> => {
  switch (encoding) {
    case 'br': {
      // The steps above cost five times as much for a sixteenth of the size, and the first visitor after a start waits for it.
      const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
      return { encoding, bytes: await promisify(brotliCompress)(bytes, { params }) }
    }
    case 'gzip':
      return { encoding, bytes: await promisify(gzip)(bytes, { level: 9 }) }
    case 'identity':
      return { encoding, bytes }
  }
}

const compressible = /^(?:text\/|application\/(?:json|manifest\+json|wasm)|image\/svg)/

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
}
