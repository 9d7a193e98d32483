import { createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { familyLinkLabels, familyLinkPrefix, readFamilyLink } from '../shared/family-link.ts'
import type { AdmissionCode } from '../shared/identifiers.ts'
import { fail, ok, type Result } from '../shared/result.ts'
import { describeFileError, readFileIfThere, writeFileAtomically } from './data/atomic-file.ts'
import type { StartProblem } from './start-problem.ts'

/** What lets people in, until accounts take its place (A1). */
export interface FamilySecret {
  /** The link to hand to the family; whoever has it can come in. */
  linkAt(origin: string): string
  admits(code: AdmissionCode): boolean
}

/** Reads the family's secret, and makes it at the first start. */
export const openFamilySecret = async (file: string): Promise<Result<FamilySecret, StartProblem>> => {
  const read = await readFileIfThere(file)
  if (!read.ok) return read
  if (read.value !== undefined) {
    const secret = readFamilyLink(familyLinkPrefix + read.value.trim())
    if (secret === undefined) return fail({ type: 'fileBroken', file, detail: 'it holds no family secret' })
    return ok(createFamilySecret(secret))
  }
  const secret = randomBytes(32).toString('base64url')
  try {
    await writeFileAtomically(file, `${secret}\n`)
  } catch (error) {
    return fail({ type: 'fileUnreadable', file, detail: describeFileError(error) })
  }
  return ok(createFamilySecret(secret))
}

const createFamilySecret = (secret: string): FamilySecret => {
  const bytes = Buffer.from(secret, 'base64url')
  const admission = Buffer.from(hkdfSync('sha256', bytes, '', familyLinkLabels.admission, 32))
  const expected = sha256(admission.toString('base64url'))
  return {
    linkAt: (origin) => `${origin}/${familyLinkPrefix}${secret}`,
    // Equal lengths whatever was sent, so that the time taken tells nothing.
    admits: (code) => timingSafeEqual(sha256(code), expected),
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
