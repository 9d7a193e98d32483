import { familyLinkPrefix, readFamilyLink } from '../shared/family-link.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import { fromBase64Url } from './core/crypto/base64url.ts'
import { equalBytes, type Bytes } from './core/crypto/bytes.ts'
import type { Device } from './core/identity/device.ts'
import { deriveFamilySecrets } from './core/identity/family-secrets.ts'
import type { Vault, VaultContents } from './core/ports.ts'
import type { LinkProblem } from './features/app-state.ts'

/** The secret of a family link in a whole address, or in what somebody pasted of it. */
export const readLinkSecret = (link: string): Result<Bytes, LinkProblem> => {
  const secret = readFamilyLink(link.trim().slice(Math.max(0, link.trim().indexOf(familyLinkPrefix))))
  const bytes = secret === undefined ? undefined : fromBase64Url(secret)
  return bytes?.length === 32 ? ok(bytes) : fail('brokenLink')
}

/** The link this page was opened with, if any. It leaves the address bar, so that no screenshot or history keeps it. */
export const takeLinkFromAddress = (): string | undefined => {
  const { hash, pathname, search } = location
  if (!hash.startsWith(familyLinkPrefix)) return undefined
  history.replaceState(history.state, '', pathname + search)
  return hash
}

/**
 * Comes in by a link: shows the server that we have it and keeps its secret. This is where accounts will stand: for now
 * whoever has the link is of the family.
 */
export const followLink = async (
  link: string,
  { device, vault, contents }: { device: Device; vault: Vault; contents: VaultContents },
): Promise<Result<Bytes, LinkProblem>> => {
  const secret = readLinkSecret(link)
  if (!secret.ok) return secret
  const known = contents.familySecret
  if (known) return equalBytes(known, secret.value) ? ok(known) : fail('otherFamily')
  const { openSession } = await import('./net/session.ts')
  const { admission } = await deriveFamilySecrets(secret.value)
  const session = await openSession({ code: admission, device: device.id })
  if (!session.ok) return fail(session.problem.type === 'wrongLink' ? 'wrongLink' : 'unreachable')
  // A disk that is full cannot keep the link: this visit works all the same, and the next one asks for it again.
  await vault.write({ ...contents, familySecret: secret.value })
  return ok(secret.value)
}
