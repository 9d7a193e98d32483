import { foldName, parsePersonName } from '../../shared/names.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { invitationLink, makeInvitation, makeOwnerInvitation } from '../auth/invitation-secret.ts'
import type { AccountsStore } from '../data/accounts-store.ts'
import type { Account, ServerEvent } from '../data/stored.ts'
import type { AdminCommand } from './admin-command.ts'

export interface AdminDesk {
  store: AccountsStore
  /** Where links lead. */
  origin: string
  /** How a link looks for a phone to read. */
  draw(link: string): string
  invitationMs: number
  now: () => number
}

/** What to say, or a sentence why not. */
type Outcome = Promise<Result<string, string>>
type DeskCommand = Exclude<AdminCommand, { type: 'help' | 'backup' | 'restore' }>

/**
 * Does what was asked, in the same store the server reads: it notices by itself that sessions have ended, within a second (A7). The owner
 * is out of reach here too (G2): whoever runs the machine keeps the house, and is not thereby of the family.
 */
export const runAtDesk = async (desk: AdminDesk, command: DeskCommand): Outcome => {
  switch (command.type) {
    case 'invite':
      return invite(desk, command)
    case 'list':
      return ok(await listAccounts(desk))
    case 'devices':
      return withAccount(desk, command.name, async (account) => ok(await listDevices(desk, account)))
    case 'sessions':
      return ok(await listSessions(desk))
    case 'endSession':
      return endSession(desk, command.id)
    case 'enable':
      return withAccount(desk, command.name, (account) => setDisabled(desk, account, false))
    case 'disable':
      return withAccount(desk, command.name, (account) => setDisabled(desk, account, true))
    case 'remove':
      return withAccount(desk, command.name, (account) => remove(desk, account))
    case 'reset':
      return withAccount(desk, command.name, (account) => reset(desk, account))
  }
}

const withAccount = async (
  { store }: AdminDesk,
  name: string,
  use: (account: Account) => Outcome,
): Outcome => {
  const parsed = parsePersonName(name)
  const account = parsed.ok ? await store.accounts.byName(foldName(parsed.value)) : undefined
  return account ? use(account) : fail(`There is nobody with the name "${name}". See npm run admin -- list.`)
}

const note = ({ store, now }: AdminDesk, event: Omit<ServerEvent, 'at' | 'why'>): Promise<void> =>
  store.events.add([{ at: now(), why: 'command', ...event }])

const invite = async (
  desk: AdminDesk,
  { role = 'member', uses, lifetimeMs }: Extract<AdminCommand, { type: 'invite' }>,
): Outcome => {
  const { store, now } = desk
  if (!(await store.accounts.hasOwner())) {
    const secret = await makeOwnerInvitation(store, lifetimeMs, now())
    return ok(
      told(desk, secret, 'Nobody is in the family yet. Whoever opens this link first becomes its owner:'),
    )
  }
  const secret = await makeInvitation(store, { role, uses, lifetimeMs }, now())
  await note(desk, { kind: 'invitationMade' })
  const until = new Date(now() + lifetimeMs).toLocaleString()
  const times = uses === 1 ? 'once' : `${uses} times`
  const sentence = `Good ${times}, until ${until}. Whoever comes by it waits until the owner or an admin lets them in, in Hearth:`
  return ok(told(desk, secret, sentence))
}

const told = ({ origin, draw }: AdminDesk, secret: string, sentence: string): string => {
  const link = invitationLink(origin, secret)
  return `${sentence}\n\n  ${link}\n\n${draw(link)}\n`
}

const reset = async (desk: AdminDesk, account: Account): Outcome => {
  if (account.role === 'owner')
    return fail('The owner comes back by their recovery phrase only: "I forgot my password" in Hearth.')
  const { store, invitationMs, now } = desk
  const secret = await makeInvitation(
    store,
    {
      role: account.role,
      uses: 1,
      lifetimeMs: invitationMs,
      again: { account: account.account, name: account.name },
    },
    now(),
  )
  await note(desk, { kind: 'invitationMade', account: account.account })
  const sentence = `With this link ${account.name} comes in anew, with a new identity, and waits until the owner or an admin lets them in.
Until it is used, everything stays as it is:`
  return ok(told(desk, secret, sentence))
}

const setDisabled = async (desk: AdminDesk, account: Account, isDisabled: boolean): Outcome => {
  if (isDisabled && account.role === 'owner') return fail('The owner cannot be disabled.')
  await desk.store.accounts.setDisabled(account.account, isDisabled, desk.now())
  await note(desk, { kind: isDisabled ? 'accountDisabled' : 'accountEnabled', account: account.account })
  return ok(
    isDisabled
      ? `${account.name} is signed out everywhere and cannot come in.`
      : `${account.name} can come in again.`,
  )
}

const remove = async (desk: AdminDesk, account: Account): Outcome => {
  if (account.role === 'owner') return fail('The owner cannot be removed.')
  await desk.store.accounts.remove(account.account, desk.now())
  await note(desk, { kind: 'accountRemoved', who: account.name })
  return ok(
    `${account.name} is removed from this server. What they have on their devices stays there; to keep them out of what the family writes from now on, remove them in Hearth too.`,
  )
}

const time = (at: number | undefined): string =>
  at === undefined ? '' : new Date(at).toISOString().slice(0, 16).replace('T', ' ')

/** Columns as wide as what is in them. */
const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const listAccounts = async ({ store }: AdminDesk): Promise<string> => {
  const accounts = await store.accounts.list()
  if (accounts.length === 0)
    return 'Nobody is in the family yet: the link of the first start, or npm run admin -- invite, lets the owner in.'
  return table([
    ['NAME', 'ROLE', 'DEVICES', 'LAST SEEN (UTC)', ''],
    ...accounts.map(({ name, role, deviceCount, lastSeenAt, isDisabled, keyringBox, admissionBox }) => [
      name,
      role,
      String(deviceCount),
      time(lastSeenAt),
      isDisabled ? 'disabled' : (keyringBox ?? admissionBox) === undefined ? 'waits to be let in' : '',
    ]),
  ])
}

const listDevices = async ({ store }: AdminDesk, account: Account): Promise<string> =>
  table([
    ['DEVICE', 'SIGNED IN', 'LAST SEEN (UTC)'],
    ...(await store.devices.of(account.account)).map(({ name, isSignedIn, lastSeenAt }) => [
      name,
      isSignedIn ? 'yes' : 'no',
      time(lastSeenAt),
    ]),
  ])

/** Enough of a session's hash to tell it by; nobody gets in with it. */
const idOf = (session: string): string => session.slice(0, 10)

const listSessions = async ({ store }: AdminDesk): Promise<string> => {
  const sessions = await store.sessions.list()
  if (sessions.length === 0) return 'Nobody is signed in.'
  return table([
    ['ID', 'NAME', 'DEVICE', 'LAST USED (UTC)'],
    ...sessions.map(({ session, name, deviceName, usedAt }) => [
      idOf(session),
      name,
      deviceName,
      time(usedAt),
    ]),
  ])
}

const endSession = async (desk: AdminDesk, id: string): Outcome => {
  const found = (await desk.store.sessions.list()).filter(({ session }) => session.startsWith(id))
  const [only] = found
  if (!only) return fail(`There is no session ${id}. See npm run admin -- sessions.`)
  if (found.length > 1) return fail(`More than one session begins with ${id}: give more of it.`)
  await desk.store.sessions.end(only.session)
  await note(desk, { kind: 'signedOut', account: only.account })
  return ok(`${only.name} is signed out of ${only.deviceName}.`)
}
