/**
 * Accounts, devices, sessions, tickets, invitations, events and limits. Whatever removes a session, a cascade included, is counted in
 * `sessionEndings`: by that a running server notices what another process did (A7).
 */
export const accounts0001: readonly string[] = [
  `CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE accounts (
    account TEXT PRIMARY KEY,
    identityKey TEXT NOT NULL UNIQUE,
    identityKem TEXT NOT NULL,
    name TEXT NOT NULL,
    foldedName TEXT NOT NULL UNIQUE,
    opaqueId TEXT NOT NULL UNIQUE,
    opaqueRecord TEXT NOT NULL,
    seedBox TEXT NOT NULL,
    keyringBox TEXT,
    admissionBox TEXT,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
    isDisabled INTEGER NOT NULL DEFAULT 0 CHECK (isDisabled IN (0, 1)),
    createdAt INTEGER NOT NULL,
    lastSeenAt INTEGER
  )`,
  // G2: one owner, whatever the code does.
  `CREATE UNIQUE INDEX oneOwner ON accounts (role) WHERE role = 'owner'`,
  `CREATE TABLE devices (
    device TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    certificate TEXT NOT NULL,
    name TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    lastSeenAt INTEGER NOT NULL,
    isSignedIn INTEGER NOT NULL CHECK (isSignedIn IN (0, 1))
  )`,
  `CREATE INDEX devicesByAccount ON devices (account)`,
  `CREATE TABLE revokedDevices (
    device TEXT PRIMARY KEY, account TEXT NOT NULL, revokedAt INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE sessions (
    session TEXT PRIMARY KEY,
    device TEXT NOT NULL UNIQUE REFERENCES devices ON DELETE CASCADE,
    usedAt INTEGER NOT NULL
  )`,
  `CREATE TABLE sessionEndings (count INTEGER NOT NULL)`,
  `INSERT INTO sessionEndings VALUES (0)`,
  `CREATE TRIGGER countSessionEndings AFTER DELETE ON sessions
    BEGIN UPDATE sessionEndings SET count = count + 1; END`,
  `CREATE TABLE tickets (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    account TEXT REFERENCES accounts ON DELETE CASCADE,
    device TEXT,
    name TEXT,
    invitation TEXT,
    data TEXT,
    expiresAt INTEGER NOT NULL
  )`,
  `CREATE INDEX ticketsByAccount ON tickets (account)`,
  `CREATE INDEX ticketsByEnd ON tickets (expiresAt)`,
  `CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    codeHash TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
    createdBy TEXT,
    createdAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0 CHECK (used <= uses),
    revokedAt INTEGER,
    welcome TEXT,
    again TEXT,
    againAs TEXT
  )`,
  `CREATE TABLE linkingBoxes (
    device TEXT PRIMARY KEY REFERENCES devices ON DELETE CASCADE,
    box TEXT NOT NULL,
    expiresAt INTEGER NOT NULL
  )`,
  `CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    account TEXT,
    who TEXT,
    address TEXT,
    why TEXT
  )`,
  `CREATE TABLE limits (key TEXT PRIMARY KEY, points INTEGER NOT NULL, expiresAt INTEGER) WITHOUT ROWID`,
]
