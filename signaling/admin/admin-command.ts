import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { accountLimits } from '../../shared/limits.ts'
import { fail, ok, type Result } from '../../shared/result.ts'

/** What `npm run admin` may be asked for. */
export type AdminCommand =
  | { type: 'help' }
  | { type: 'invite'; role: 'admin' | 'member' | undefined; uses: number; lifetimeMs: number }
  | { type: 'list' }
  | { type: 'disable' | 'enable' | 'reset' | 'remove' | 'devices'; name: string }
  | { type: 'sessions' }
  | { type: 'endSession'; id: string }
  | { type: 'backup'; file: string }
  | { type: 'restore'; file: string }

export interface AdminWish {
  command: AdminCommand
  /** Flags that the server knows as well. */
  serverFlags: string[]
}

const dayMs = 24 * 60 * 60 * 1000
const maxDays = accountLimits.maxInvitationMs / dayMs
const options = {
  help: { type: 'boolean', short: 'h' },
  data: { type: 'string' },
  url: { type: 'string' },
  role: { type: 'string' },
  uses: { type: 'string' },
  days: { type: 'string' },
} as const

const wholeNumber = (max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.minValue(1), v.maxValue(max))

/** A problem is one sentence. */
export const readAdminWish = (args: readonly string[]): Result<AdminWish, string> => {
  const flags = readFlags(args)
  if (!flags.ok) return flags
  const { values, positionals } = flags.value
  const serverFlags = (['data', 'url'] as const).flatMap((name) =>
    values[name] === undefined ? [] : [`--${name}=${values[name]}`],
  )
  const [word, ...rest] = positionals
  if (values.help === true || word === undefined || word === 'help')
    return ok({ command: { type: 'help' }, serverFlags })
  const inviteFlag = (['role', 'uses', 'days'] as const).find((name) => values[name] !== undefined)
  if (word !== 'invite' && inviteFlag !== undefined)
    return fail(`--${inviteFlag} belongs to invite, not to ${word}.`)
  const command = readCommand(word, rest, values)
  return command.ok ? ok({ command: command.value, serverFlags }) : command
}

const readFlags = (args: readonly string[]) => {
  try {
    return ok(parseArgs({ args: [...args], options, allowPositionals: true, strict: true }))
  } catch (error) {
    const [sentence = 'The flags could not be read'] =
      error instanceof Error ? error.message.split(/\.\s|\n/) : []
    return fail(`${sentence.replace(/\.$/, '')}. See npm run admin -- help.`)
  }
}

type Values = Partial<Record<'role' | 'uses' | 'days', string>>

const readCommand = (word: string, rest: readonly string[], values: Values): Result<AdminCommand, string> => {
  const surplus = (): Result<AdminCommand, string> =>
    fail(`${word} takes nothing more, not "${rest[0] ?? ''}".`)
  const none = (command: AdminCommand): Result<AdminCommand, string> =>
    rest.length === 0 ? ok(command) : surplus()
  const one = (
    needs: string,
    command: (value: string) => AdminCommand,
    given: readonly string[] = rest,
  ): Result<AdminCommand, string> => {
    const [value] = given
    if (value === undefined) return fail(`${word} needs ${needs}.`)
    // Names may have spaces: quoted or not.
    return ok(command(given.join(' ')))
  }
  switch (word) {
    case 'invite':
      return rest.length === 0 ? readInvite(values) : surplus()
    case 'list':
      return none({ type: 'list' })
    case 'disable':
    case 'enable':
    case 'reset':
    case 'remove':
    case 'devices':
      return one('a name, as in list', (name) => ({ type: word, name }))
    case 'sessions':
      if (rest[0] === 'end')
        return one('the beginning of an id after end', (id) => ({ type: 'endSession', id }), rest.slice(1))
      return none({ type: 'sessions' })
    case 'backup':
    case 'restore':
      return one('a file', (file) => ({ type: word, file }))
    default:
      return fail(`There is no command "${word}". See npm run admin -- help.`)
  }
}

const readInvite = ({ role, uses = '1', days }: Values): Result<AdminCommand, string> => {
  const parsedRole = v.safeParse(v.optional(v.picklist(['admin', 'member'])), role)
  if (!parsedRole.success) return fail(`--role must be admin or member, not "${role ?? ''}".`)
  const parsedUses = v.safeParse(wholeNumber(accountLimits.maxInvitationUses), uses)
  if (!parsedUses.success)
    return fail(`--uses must be a number from 1 to ${accountLimits.maxInvitationUses}, not "${uses}".`)
  const parsedDays = v.safeParse(v.optional(wholeNumber(maxDays)), days)
  if (!parsedDays.success) return fail(`--days must be a number from 1 to ${maxDays}, not "${days ?? ''}".`)
  const lifetimeMs = parsedDays.output === undefined ? accountLimits.invitationMs : parsedDays.output * dayMs
  return ok({ type: 'invite', role: parsedRole.output, uses: parsedUses.output, lifetimeMs })
}

export const adminHelp = `Hearth: what its keeper may do, on the machine it runs on. It may go on running meanwhile.

  npm run admin -- COMMAND [--data FOLDER]

  invite [--role admin|member] [--uses N] [--days N] [--url URL]
                    a link to come in by; somebody in the family has to let them in afterwards
  list              everybody's accounts
  devices NAME      somebody's devices
  disable NAME      ends their sessions and lets them in no more, until:
  enable NAME
  reset NAME        a link for somebody who lost both password and phrase: they come in anew, under their name
  remove NAME       removes their account, sessions and devices from the server
  sessions          who is signed in, and since when they were not here
  sessions end ID   signs that device out
  backup FILE       a copy of the accounts, whole also while people come and go
  restore FILE      puts such a copy in place; stop Hearth first

The data folder is --data or HEARTH_DATA, else ./data; the address in links is --url or HEARTH_URL, else this machine's.
`
