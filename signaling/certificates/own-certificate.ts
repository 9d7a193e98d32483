import { createPrivateKey, X509Certificate } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/result.ts'
import { readFileIfThere } from '../data/atomic-file.ts'
import type { StartProblem } from '../start-problem.ts'
import type { TlsFiles } from './local-certificates.ts'

/** Where a certificate lies that somebody else issued: Let's Encrypt, or a family's own authority. */
export interface CertificateFiles {
  certFile: string
  keyFile: string
}

/** Reads and checks a certificate of one's own; it may be followed by the chain that issued it. */
export const readOwnCertificate = async (
  files: CertificateFiles,
): Promise<Result<TlsFiles, StartProblem>> => {
  const cert = await readWhole(files.certFile)
  if (!cert.ok) return cert
  const key = await readWhole(files.keyFile)
  if (!key.ok) return key
  const certificate = attempt(() => new X509Certificate(cert.value))
  if (!certificate) return broken(files.certFile, 'it is not a certificate in PEM form')
  const privateKey = attempt(() => createPrivateKey(key.value))
  if (!privateKey) return broken(files.keyFile, 'it is not a private key in PEM form without a passphrase')
  if (!certificate.checkPrivateKey(privateKey)) {
    return broken(files.keyFile, `it does not belong to the certificate in ${files.certFile}`)
  }
  return ok({ key: key.value, cert: cert.value })
}

const readWhole = async (file: string): Promise<Result<string, StartProblem>> => {
  const read = await readFileIfThere(file)
  if (!read.ok) return read
  if (read.value !== undefined) return ok(read.value)
  return fail({ type: 'fileUnreadable', file, detail: 'there is no such file' })
}

const broken = (file: string, detail: string): Result<never, StartProblem> =>
  fail({ type: 'fileBroken', file, detail })

const attempt = <Value>(make: () => Value): Value | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}
