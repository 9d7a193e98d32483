import { X509Certificate as NodeCertificate } from 'node:crypto'
import { isIP } from 'node:net'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { DataFolder } from '../data/data-folder.ts'
import type { StartProblem } from '../start-problem.ts'
import { createAuthority, fingerprintOf, issueCertificate, type KeyedCertificate } from './authority.ts'
import { readKeyedFile, toPem, writeKeyedFile } from './keyed-file.ts'
import { withinConstraints } from './name-constraints.ts'
import type { MachineNames } from './names.ts'

/** Key and certificate as `https.createServer` takes them. */
export interface TlsFiles {
  key: string
  cert: string
}

/** The family's own authority, and the server's certificate from it. */
export interface LocalCertificates {
  /** What devices install to trust this server (RFC 5280 DER). */
  authorityDer: Buffer
  authorityFingerprint: string
  current: TlsFiles
  /** Makes a new certificate where the names have changed or the end is near; answers whether it did. */
  renew(names: MachineNames, now: number): Promise<Result<boolean, StartProblem>>
}

const renewBeforeMs = 30 * 24 * 60 * 60 * 1000

export const openLocalCertificates = async (
  folder: DataFolder,
  names: MachineNames,
  now: number,
): Promise<Result<LocalCertificates, StartProblem>> => {
  const authority = await openAuthority(folder.authority, names, now)
  if (!authority.ok) return authority
  const stored = await readKeyedFile(folder.certificate)
  if (!stored.ok) return stored

  let keyed = stored.value
  if (!keyed || needsRenewal(keyed, authority.value, names, now)) {
    const issued = await issueInto(folder.certificate, authority.value, names, now)
    if (!issued.ok) return issued
    keyed = issued.value
  }
  let served = keyed
  const certificates: LocalCertificates = {
    authorityDer: Buffer.from(authority.value.certificate.rawData),
    authorityFingerprint: fingerprintOf(authority.value.certificate),
    current: await toTlsFiles(served),
    renew: async (names, now) => {
      if (!needsRenewal(served, authority.value, names, now)) return ok(false)
      const issued = await issueInto(folder.certificate, authority.value, names, now)
      if (!issued.ok) return issued
      served = issued.value
      certificates.current = await toTlsFiles(served)
      return ok(true)
    },
  }
  return ok(certificates)
}

const openAuthority = async (
  file: string,
  names: MachineNames,
  now: number,
): Promise<Result<KeyedCertificate, StartProblem>> => {
  const stored = await readKeyedFile(file)
  if (!stored.ok) return stored
  if (stored.value) {
    if (stored.value.certificate.notAfter.getTime() > now) return ok(stored.value)
    return fail({ type: 'fileBroken', file, detail: 'its ten years are over' })
  }
  const authority = await createAuthority(names, now)
  const written = await writeKeyedFile(file, authority)
  return written.ok ? ok(authority) : written
}

const issueInto = async (
  file: string,
  authority: KeyedCertificate,
  names: MachineNames,
  now: number,
): Promise<Result<KeyedCertificate, StartProblem>> => {
  const keyed = await issueCertificate(authority, withinConstraints(authority.certificate, names), now)
  const written = await writeKeyedFile(file, keyed)
  return written.ok ? ok(keyed) : written
}

const toTlsFiles = async (keyed: KeyedCertificate): Promise<TlsFiles> => {
  const pem = await toPem(keyed)
  return { key: pem, cert: pem }
}

const needsRenewal = (
  { certificate }: KeyedCertificate,
  authority: KeyedCertificate,
  names: MachineNames,
  now: number,
): boolean => {
  const parsed = new NodeCertificate(Buffer.from(certificate.rawData))
  // An address that has gone does no harm: only one the certificate lacks makes a new one.
  const wanted = withinConstraints(authority.certificate, names)
  const covers = [...wanted.dns, ...wanted.addresses].every((name) =>
    isIP(name) === 0 ? parsed.checkHost(name) !== undefined : parsed.checkIP(name) !== undefined,
  )
  const issuer = new NodeCertificate(Buffer.from(authority.certificate.rawData))
  return !covers || certificate.notAfter.getTime() - now < renewBeforeMs || !parsed.verify(issuer.publicKey)
}
