import type { Generated } from 'kysely'
import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Role } from '../../../shared/roles.ts'
import type { ServerEventKind } from '../../../shared/server-overview.ts'
import type { SessionKey, TicketKind } from '../stored.ts'

/** The tables as the newest migration leaves them; SQLite has no booleans: 0 and 1. */
export interface Tables {
  settings: { name: string; value: string }
  accounts: {
    account: AccountId
    identityKey: string
    identityKem: string
    name: string
    foldedName: string
    opaqueId: string
    opaqueRecord: string
    seedBox: string
    keyringBox: string | null
    admissionBox: string | null
    role: Role
    isDisabled: number
    createdAt: number
    lastSeenAt: number | null
  }
  devices: {
    device: DeviceId
    account: AccountId
    certificate: string
    name: string
    createdAt: number
    lastSeenAt: number
    isSignedIn: number
  }
  revokedDevices: { device: DeviceId; account: AccountId; revokedAt: number }
  sessions: { session: SessionKey; device: DeviceId; usedAt: number }
  /** One row: how many sessions have ended. */
  sessionEndings: { count: number }
  tickets: {
    hash: string
    kind: TicketKind
    account: AccountId | null
    device: DeviceId | null
    name: string | null
    invitation: string | null
    data: string | null
    expiresAt: number
  }
  invitations: {
    id: string
    codeHash: string
    role: Role
    createdBy: AccountId | null
    createdAt: number
    expiresAt: number
    uses: number
    used: number
    revokedAt: number | null
    welcome: string | null
    again: AccountId | null
    againAs: string | null
  }
  linkingBoxes: { device: DeviceId; box: string; expiresAt: number }
  events: {
    id: Generated<number>
    at: number
    kind: ServerEventKind
    account: AccountId | null
    who: string | null
    address: string | null
    why: string | null
  }
  limits: { key: string; points: number; expiresAt: number | null }
}
