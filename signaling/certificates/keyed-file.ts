import 'reflect-metadata'
import { createPrivateKey, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto'
import { PemConverter, X509Certificate } from '@peculiar/x509'
import { fail, ok, type Result } from '../../shared/result.ts'
import { describeFileError, readFileIfThere, writeFileAtomically } from '../data/atomic-file.ts'
import type { StartProblem } from '../start-problem.ts'
import type { KeyedCertificate } from './authority.ts'

/** Key and certificate in one file, so that a power cut can never leave one without the other. */
export const toPem = async ({ certificate, privateKey }: KeyedCertificate): Promise<string> => {
  const key = await webcrypto.subtle.exportKey('pkcs8', privateKey)
  return `${PemConverter.encode(key, 'PRIVATE KEY')}\n${certificate.toString('pem')}\n`
}

export const writeKeyedFile = async (
  file: string,
  keyed: KeyedCertificate,
): Promise<Result<undefined, StartProblem>> => {
  try {
    await writeFileAtomically(file, await toPem(keyed))
    return ok(undefined)
  } catch (error) {
    return fail({ type: 'fileUnreadable', file, detail: describeFileError(error) })
  }
}

/** Reads a file made by `writeKeyedFile`; undefined where there is none. One that is broken is told, never replaced. */
export const readKeyedFile = async (
  file: string,
): Promise<Result<KeyedCertificate | undefined, StartProblem>> => {
  const read = await readFileIfThere(file)
  if (!read.ok) return read
  if (read.value === undefined) return ok(undefined)
  try {
    const key = createPrivateKey(read.value)
    if (!new NodeCertificate(read.value).checkPrivateKey(key)) {
      return fail({ type: 'fileBroken', file, detail: 'its key and its certificate do not belong together' })
    }
    const pkcs8 = key.export({ type: 'pkcs8', format: 'der' })
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const privateKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign'])
    const block = PemConverter.decodeWithHeaders(read.value).find(({ type }) => type === 'CERTIFICATE')
    if (!block) return fail({ type: 'fileBroken', file, detail: 'it holds no certificate' })
    return ok({ certificate: new X509Certificate(block.rawData), privateKey })
  } catch {
    return fail({ type: 'fileBroken', file, detail: 'it is not a key and a certificate' })
  }
}
