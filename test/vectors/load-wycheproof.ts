import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Vectors } from './wycheproof.ts'

const project = path.join(import.meta.dirname, '..', '..')
const folders = [process.env.WYCHEPROOF_DIR, path.join(project, '..', 'shared', 'vectors')]

export const withoutVectors =
  'no Wycheproof vectors: put them in ../shared/vectors or name their folder in WYCHEPROOF_DIR'

/** The vectors, which are not the project's to carry; undefined where they are not to be found. */
export const loadWycheproof = (): Vectors | undefined => {
  const folder = folders.find((one) => one !== undefined && existsSync(path.join(one, 'x25519.json')))
  if (folder === undefined) return undefined
  const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'))
  return {
    aes_gcm: read('aes_gcm'),
    ed25519: read('ed25519'),
    x25519: read('x25519'),
    hkdf_sha256: read('hkdf_sha256'),
  }
}
