/**
 * The link that lets people in: `https://host/#join/<secret>`. The secret, 32 random bytes as 43 base64url characters,
 * stays in the fragment, which browsers never send (ux 2). Everything else is derived from it:
 * HKDF-SHA-256(secret, salt empty, info `hearth/v1/<name>`, 32 bytes). The server is told `admission` only.
 */
export const familyLinkPrefix = '#join/'

export const familyLinkLabels = {
  /** What a device shows the server to get a session. */
  admission: 'hearth/v1/admission',
  /** First 16 bytes: the topic (S3). */
  topic: 'hearth/v1/topic',
  /** AES-256-GCM key of introductions (S4). */
  introduction: 'hearth/v1/introduction',
  /** HMAC key with which two devices show each other that they are of this family (L2, L3). */
  link: 'hearth/v1/link',
  /** First 16 bytes: the id of the family's group (G1). */
  group: 'hearth/v1/group',
} as const

/** The 43 characters of a family link's secret, or undefined if the fragment is not a whole family link. */
export const readFamilyLink = (fragment: string): string | undefined =>
  /^#join\/([A-Za-z0-9_-]{43})$/.exec(fragment)?.[1]
