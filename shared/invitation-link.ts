/**
 * The link that lets somebody in: `https://host/#invite/<secret>`. The secret, 16 random bytes as 22 base64url characters,
 * stays in the fragment, which browsers never send (ux 2). Everything else is derived from it:
 * HKDF-SHA-256(secret, salt empty, info `hearth/v1/<name>`). The server is told `code` only, and keeps its hash.
 */
export const invitationLinkPrefix = '#invite/'
export const invitationSecretBytes = 16

export const invitationLabels = {
  /** 16 bytes: under which the server knows the invitation (A1). */
  code: 'hearth/v1/invitation-code',
  /** 32 bytes: the AES-256-GCM key of the welcome (A8). */
  welcome: 'hearth/v1/invitation-welcome',
  /** 32 bytes: the Ed25519 seed with which the newcomer shows the family that they were invited (L3). */
  sign: 'hearth/v1/invitation-sign',
} as const

/** The 22 characters of an invitation's secret, or undefined if the fragment is not a whole invitation link. */
export const readInvitationLink = (fragment: string): string | undefined =>
  /^#invite\/([A-Za-z0-9_-]{21}[AQgw])$/.exec(fragment)?.[1]
