import type { Topic } from '../../../shared/identifiers.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { importSealingKey, type SealingKey } from '../crypto/aes-gcm.ts'
import { deriveBytes } from '../crypto/hkdf.ts'

/** How a family's devices find each other. It comes from the discovery secret, which was made with the family (S3). */
export interface FamilySecrets {
  topic: Topic
  /** Seals introductions (S4). */
  introductionKey: SealingKey
}

/** Derives both from the 32 bytes that the family's founder made and every welcome hands on. */
export const deriveFamilySecrets = async (secret: Bytes): Promise<FamilySecrets> => {
  const [topic, introduction] = await Promise.all([
    deriveBytes(secret, 'hearth/v1/topic', 16),
    deriveBytes(secret, 'hearth/v1/introduction', 32),
  ])
  return { topic: toBase64Url(topic) as Topic, introductionKey: await importSealingKey(introduction) }
}
