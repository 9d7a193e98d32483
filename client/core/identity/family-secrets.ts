import { familyLinkLabels } from '../../../shared/family-link.ts'
import type { AdmissionCode, Topic } from '../../../shared/identifiers.ts'
import { importSealingKey, type SealingKey } from '../crypto/aes-gcm.ts'
import { toBase64Url } from '../crypto/base64url.ts'
import type { Bytes } from '../crypto/bytes.ts'
import { deriveBytes } from '../crypto/hkdf.ts'
import type { LogId } from '../ports.ts'

/** What a device can do because somebody gave it the family's link. */
export interface FamilySecrets {
  admission: AdmissionCode
  topic: Topic
  introductionKey: SealingKey
  linkKey: Bytes
  group: LogId
}

/** Derives everything from the 32 bytes of the family link (shared/family-link.ts). */
export const deriveFamilySecrets = async (secret: Bytes): Promise<FamilySecrets> => {
  const derive = (name: keyof typeof familyLinkLabels, byteCount: number) =>
    deriveBytes(secret, familyLinkLabels[name], byteCount)
  const [admission, topic, introduction, linkKey, group] = await Promise.all([
    derive('admission', 32),
    derive('topic', 16),
    derive('introduction', 32),
    derive('link', 32),
    derive('group', 16),
  ])
  return {
    admission: toBase64Url(admission) as AdmissionCode,
    topic: toBase64Url(topic) as Topic,
    introductionKey: await importSealingKey(introduction),
    linkKey,
    group: toBase64Url(group) as LogId,
  }
}
