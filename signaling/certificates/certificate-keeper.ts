import { fail, ok, type Result } from '../../shared/result.ts'
import type { DataFolder } from '../data/data-folder.ts'
import type { StartProblem } from '../start-problem.ts'
import { openLocalCertificates, type LocalCertificates, type TlsFiles } from './local-certificates.ts'
import type { MachineNames } from './names.ts'
import { readOwnCertificate, type CertificateFiles } from './own-certificate.ts'

/** The certificate that is served, kept fresh while the server runs. */
export interface CertificateKeeper {
  readonly current: TlsFiles
  /** Present when the authority is the family's own. */
  readonly authority: Pick<LocalCertificates, 'authorityDer' | 'authorityFingerprint'> | undefined
  /** Looks again; calls back with the new certificate where there is one. */
  check(): Promise<Result<TlsFiles | undefined, StartProblem>>
}

export interface KeeperOptions {
  folder: DataFolder
  own?: CertificateFiles | undefined
  names: () => MachineNames
  now: () => number
}

export const openCertificateKeeper = async (
  options: KeeperOptions,
): Promise<Result<CertificateKeeper, StartProblem>> => {
  if (options.own) return keepOwn(options.own)
  const { names, now } = options
  const local = await openLocalCertificates(options.folder, names(), now())
  if (!local.ok) return local
  return ok({
    get current() {
      return local.value.current
    },
    authority: local.value,
    check: async () => {
      const renewed = await local.value.renew(names(), now())
      if (!renewed.ok) return renewed
      return ok(renewed.value ? local.value.current : undefined)
    },
  })
}

/** One's own certificate is renewed by whatever made it (certbot, a proxy's own): we only notice that the file has changed. */
const keepOwn = async (files: CertificateFiles): Promise<Result<CertificateKeeper, StartProblem>> => {
  const first = await readOwnCertificate(files)
  if (!first.ok) return first
  let current = first.value
  return ok({
    get current() {
      return current
    },
    authority: undefined,
    check: async () => {
      const read = await readOwnCertificate(files)
      if (!read.ok) return fail(read.problem)
      if (read.value.cert === current.cert && read.value.key === current.key) return ok(undefined)
      current = read.value
      return ok(current)
    },
  })
}
