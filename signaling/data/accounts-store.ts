import type { AccountId, DeviceId } from '../../shared/identifiers.ts'
import type { Role } from '../../shared/roles.ts'
import type { ServerEventKind } from '../../shared/server-overview.ts'
import type {
  Account,
  Device,
  ServerEvent,
  SessionKey,
  StoredInvitation,
  Ticket,
  TicketKind,
  Visitor,
} from './stored.ts'

/**
 * Where the server keeps what it knows. SQLite is the one that exists; whatever else implements this passes the same contract
 * (testing/store-contract.ts). Each call is atomic, and what it has answered is on the disk. Nothing beside it remembers anything, so
 * another process on the same data sees the same.
 */
export interface AccountsStore {
  readonly settings: SettingsStore
  readonly accounts: AccountStore
  readonly devices: DeviceStore
  readonly sessions: SessionStore
  readonly tickets: TicketStore
  readonly invitations: InvitationStore
  readonly events: EventStore
  readonly limits: LimitStore
  close(): Promise<void>
}

export interface SettingsStore {
  read(name: string): Promise<string | undefined>
  /** Keeps `value` unless there is one already; answers the one that holds. */
  keepFirst(name: string, value: string): Promise<string>
}

export interface AccountStore {
  byId(account: AccountId): Promise<Account | undefined>
  byName(foldedName: string): Promise<Account | undefined>
  /** In the order they came. */
  list(): Promise<readonly (Account & { deviceCount: number })[]>
  counts(): Promise<{ accounts: number; devices: number; sessions: number }>
  hasOwner(): Promise<boolean>
  register(wish: RegistrationWish): Promise<RegistrationOutcome>
  /** False when another account has the name. */
  rename(account: AccountId, name: string, foldedName: string): Promise<boolean>
  setKeyring(account: AccountId, box: string): Promise<void>
  setAdmission(account: AccountId, box: string): Promise<void>
  /** Uses an `earned` ticket; all others of the account end. Undefined when the ticket is not good. */
  setPassword(wish: PasswordWish): Promise<Account | undefined>
  /** Also revokes the invitations of somebody who may not invite any more. */
  setRole(account: AccountId, role: Role, now: number): Promise<void>
  /** Answers the sessions that ended with it. */
  setDisabled(account: AccountId, isDisabled: boolean, now: number): Promise<readonly SessionKey[]>
  /** With its devices, sessions and tickets; its invitations are revoked. Answers the sessions that ended. */
  remove(account: AccountId, now: number): Promise<readonly SessionKey[]>
}

export interface RegistrationWish {
  /** Hash of a `registration` ticket, which has the name, the invitation and the opaqueId. */
  ticket: string
  account: Pick<
    Account,
    'account' | 'identityKey' | 'identityKem' | 'opaqueRecord' | 'seedBox' | 'keyringBox'
  >
  device: Pick<Device, 'device' | 'certificate' | 'name'>
  session: SessionKey
  maxAccounts: number
  now: number
}
export type RegistrationOutcome =
  /** `ended`: the sessions of the account that was invited again. */
  | { type: 'registered'; account: Account; ended: readonly SessionKey[] }
  | { type: 'refused'; why: RegistrationRefusal }
export type RegistrationRefusal =
  | 'ticketUnknown'
  | 'invitationUnknown'
  | 'invitationUsed'
  | 'invitationExpired'
  | 'invitationRevoked'
  | 'nameTaken'
  /** The account or the device is there already. */
  | 'identityTaken'
  | 'full'

export interface PasswordWish {
  ticket: string
  opaqueRecord: string
  seedBox: string
  now: number
}

export interface DeviceStore {
  byId(device: DeviceId): Promise<Device | undefined>
  of(account: AccountId): Promise<readonly Device[]>
  /** Lets a device come in by its key, and keeps a box for it (I8). False when it may not be of this account. */
  offer(wish: { device: NewDevice; box: string; expiresAt: number }): Promise<boolean>
  boxFor(device: DeviceId, now: number): Promise<string | undefined>
  /** Forgets it and never takes it back; answers the sessions that ended, undefined when it is not the account's. */
  revoke(account: AccountId, device: DeviceId, now: number): Promise<readonly SessionKey[] | undefined>
  seen(devices: readonly DeviceId[], now: number): Promise<void>
}

export type NewDevice = Omit<Device, 'isSignedIn' | 'lastSeenAt' | 'createdAt'> & {
  now: number
  /** Beyond it the device seen longest ago is forgotten. */
  maxDevices: number
}

export interface SessionStore {
  /**
   * Signs a device in: it is the account's from now on, and whatever session it had is replaced. Answers the sessions that ended;
   * undefined when the device is another account's, or was revoked.
   */
  open(wish: { session: SessionKey; device: NewDevice }): Promise<readonly SessionKey[] | undefined>
  /** The same for a device that is known. */
  reopen(wish: {
    session: SessionKey
    device: DeviceId
    now: number
  }): Promise<readonly SessionKey[] | undefined>
  find(session: SessionKey): Promise<Visitor | undefined>
  /** Its device and account were seen, too. */
  renew(session: SessionKey, now: number): Promise<void>
  /** Signs its device out. Answers what ended. */
  end(session: SessionKey): Promise<readonly SessionKey[]>
  /** Those of `sessions` that have not ended. */
  among(sessions: readonly SessionKey[]): Promise<ReadonlySet<SessionKey>>
  list(): Promise<readonly (Visitor & { deviceName: string })[]>
  /** Grows whenever a session ends, through whichever process. */
  endings(): Promise<number>
  /** Ends those not used since then. */
  prune(usedBefore: number): Promise<void>
}

export interface TicketStore {
  add(ticket: Ticket): Promise<void>
  find(hash: string, kinds: readonly TicketKind[], now: number): Promise<Ticket | undefined>
  /** Once only, also of two at the same instant. */
  take(hash: string, kinds: readonly TicketKind[], now: number): Promise<Ticket | undefined>
  prune(now: number): Promise<void>
}

export interface InvitationStore {
  /** False when the code is in use. */
  add(
    invitation: Omit<StoredInvitation, 'used' | 'revokedAt' | 'againAs'> & { againAs?: string | undefined },
  ): Promise<boolean>
  byCode(codeHash: string): Promise<StoredInvitation | undefined>
  byId(id: string): Promise<StoredInvitation | undefined>
  /** Newest first. */
  list(): Promise<readonly StoredInvitation[]>
  revoke(id: string, now: number): Promise<void>
  /** Those of role `owner` that nobody has used. */
  revokeForOwner(now: number): Promise<void>
  /** Forgets those that ended before then. */
  prune(endedBefore: number): Promise<void>
}

export interface EventStore {
  /** Keeps the newest 1,000. */
  add(events: readonly ServerEvent[]): Promise<void>
  /** Newest first. */
  newest(count: number): Promise<readonly ServerEvent[]>
  countSince(kinds: readonly ServerEventKind[], since: number): Promise<number>
}

export interface LimitRow {
  points: number
  /** Undefined: for ever. */
  expiresAt: number | undefined
}
export interface LimitStore {
  /** Adds points, never below none; to a row that has expired as to a new one. A row that has not keeps its end. */
  add(key: string, points: number, expiresAt: number | undefined, now: number): Promise<LimitRow>
  set(key: string, row: LimitRow): Promise<LimitRow>
  find(key: string, now: number): Promise<LimitRow | undefined>
  remove(key: string): Promise<boolean>
  prune(now: number): Promise<void>
}
