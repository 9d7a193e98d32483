import type { AccountId } from '../../../shared/identifiers.ts'
import { concatBytes, encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { deriveBytes } from '../crypto/hkdf.ts'

const groups = 12
const bytesPerGroup = 5

/** I7: sixty digits in groups of five that two accounts have in common, whoever of them looks. */
export const safetyNumberOf = async (one: AccountId, other: AccountId): Promise<string> => {
  const pair = [one, other].sort().join('')
  const bytes = await deriveBytes(
    concatBytes(encodeUtf8(pair)),
    'hearth/v1/safety-number',
    groups * bytesPerGroup,
  )
  return Array.from({ length: groups }, (_, group) => {
    const number = bytes
      .subarray(group * bytesPerGroup, (group + 1) * bytesPerGroup)
      .reduce((sum, byte) => (sum * 256 + byte) % 100_000, 0)
    return String(number).padStart(5, '0')
  }).join(' ')
}

const codePrefix = 'hearth-safety-1:'

/** What `mine` shows as a QR code to `theirs`. */
export const safetyCodeOf = (mine: AccountId, theirs: AccountId): string => `${codePrefix}${mine}:${theirs}`

/** Whether a code scanned from their screen is theirs, for me. */
export const checkSafetyCode = (
  scanned: string,
  { mine, theirs }: { mine: AccountId; theirs: AccountId },
): 'match' | 'mismatch' | 'notACode' => {
  if (!scanned.startsWith(codePrefix)) return 'notACode'
  return scanned === safetyCodeOf(theirs, mine) ? 'match' : 'mismatch'
}
