import fc from 'fast-check'
import type { AccountId } from '../../../shared/identifiers.ts'
import type { Genesis } from '../group/genesis.ts'
import { foldMembership, type Membership } from '../group/membership.ts'
import type { PlacedStatement } from '../group/said.ts'
import {
  certificateStatement,
  makeJoin,
  type Cut,
  type Statement,
  type StatementBody,
} from '../group/statements.ts'
import {
  createRelative,
  foundFamily,
  invitationOf,
  placeIn,
  readSaid,
  say,
  type InvitationWish,
  type Relative,
} from './relatives.ts'

/**
 * A family in which everybody has said everything that can be said, signed once, since signing is slow: a test chooses which of it was
 * said, where, and in which order it came.
 */
export interface Cast {
  genesis: Genesis
  owner: Relative
  /** Came as an admin. */
  aunt: Relative
  /** Came as a member, and was made admin. */
  brother: Relative
  member: Relative
  /** Came by an invitation of the aunt's. */
  cousin: Relative
  stranger: Relative
  /** Everybody's certificates, in their own feeds, and how they came: what no test leaves out. */
  beginning: PlacedStatement[]
  /** What each of them says beyond that, about everybody, in every way, at any time. */
  sayings: ReadonlyMap<Relative, readonly Statement[]>
  /** By everybody's invitations, whoever may have made them: everybody who likes. */
  joins: readonly Statement[]
}

/** In the feed of everybody in the cast: certificate, then what is in `beginning`, then whatever else. */
export const firstFreeSeq = 10

export const createCast = async (): Promise<Cast> => {
  const people = await Promise.all([1, 2, 3, 4, 5, 6].map(createRelative))
  const [owner, aunt, brother, member, cousin, stranger] = people
  if (!owner || !aunt || !brother || !member || !cousin || !stranger) throw new Error('nobody there')
  const genesis = await foundFamily(owner)
  const beginning: PlacedStatement[] = []
  for (const { device, certificate } of people)
    beginning.push(placeIn(device, 0, await readSaid(genesis, certificateStatement(certificate))))

  const lengths = new Map<Relative, number>()
  const tell = async (by: Relative, body: StatementBody, ms: number): Promise<void> => {
    const seq = (lengths.get(by) ?? 0) + 1
    lengths.set(by, seq)
    beginning.push(placeIn(by.device, seq, await say(genesis, by.device, { ...body, ms })))
  }
  const invite = async (by: Relative, newcomer: Relative, role: 'admin' | 'member', seed: number) => {
    const secrets = await invitationOf(seed)
    await tell(by, { type: 'invitation', key: secrets.key, role, uses: 1, expiresAt: 1 }, seed)
    const join = await makeJoin(genesis.group, secrets, { account: newcomer.account, ms: seed + 1 })
    beginning.push({ statement: await readSaid(genesis, join) })
  }
  await invite(owner, aunt, 'admin', 100)
  await invite(owner, brother, 'member', 110)
  await tell(owner, { type: 'role', account: brother.account, role: 'admin', cuts: [] }, 120)
  await invite(owner, member, 'member', 130)
  await invite(aunt, cousin, 'member', 140)

  const sayings = new Map<Relative, Statement[]>()
  const joins: Statement[] = []
  for (const [index, by] of people.entries()) {
    const said: Statement[] = []
    const add = async (body: StatementBody, ms: number) =>
      void said.push(await say(genesis, by.device, { ...body, ms }))
    for (const [other, { account, device }] of people.entries()) {
      const cuts: Cut[] = [{ device: device.id, length: 2 + other }]
      for (const ms of [1, 125, 1_000]) {
        await add({ type: 'role', account, role: 'admin', cuts }, ms)
        await add({ type: 'role', account, role: 'member', cuts }, ms + 1)
        await add({ type: 'removal', account, cuts: ms === 1 ? [] : cuts }, ms + 2)
      }
      await add({ type: 'withdrawal', key: (await invitationOf(100 + other * 10)).key, joined: [account] }, 1)
      await add({ type: 'withdrawal', key: (await invitationOf(2_000 + other * 10)).key, joined: [] }, 2_000)
    }
    for (const [kind, role] of (['member', 'admin', 'member', 'admin'] as const).entries()) {
      const secrets = await invitationOf(2_000 + index * 10 + kind)
      const again = people[(index + kind) % people.length]
      const replaces = kind < 2 ? {} : { replaces: again?.account, cuts: [] }
      await add(
        { type: 'invitation', key: secrets.key, role, uses: 1 + kind, expiresAt: 1, ...replaces },
        1_500,
      )
      for (const { account } of people)
        joins.push(
          await readSaid(genesis, await makeJoin(genesis.group, secrets, { account, ms: 1_600 + kind })),
        )
    }
    sayings.set(by, said)
  }
  return { genesis, owner, aunt, brother, member, cousin, stranger, beginning, sayings, joins }
}

/** Where a statement of `by` may stand: in their own feed from `from` on, in somebody else's, or nowhere. */
const placeArbitrary = (
  { stranger }: Cast,
  by: Relative,
  from: number,
): fc.Arbitrary<(statement: Statement) => PlacedStatement> =>
  fc.oneof(
    fc.integer({ min: from, max: from + 20 }).map(
      (seq) =>
        (statement: Statement): PlacedStatement =>
          placeIn(by.device, seq, statement),
    ),
    fc.constant((statement: Statement): PlacedStatement => ({ statement })),
    fc.nat(20).map(
      (seq) =>
        (statement: Statement): PlacedStatement =>
          placeIn(stranger.device, seq, statement),
    ),
  )

/** Some of what these people say, anywhere. */
export const someOf = (
  cast: Cast,
  speakers: readonly Relative[],
  { from = firstFreeSeq, maxLength = 8 } = {},
): fc.Arbitrary<PlacedStatement[]> => {
  const one = fc
    .constantFrom(...speakers)
    .chain((by) =>
      fc
        .tuple(fc.constantFrom(...(cast.sayings.get(by) ?? [])), placeArbitrary(cast, by, from))
        .map(([statement, place]) => place(statement)),
    )
  return fc.array(one, { maxLength })
}

export const someJoins = (cast: Cast): fc.Arbitrary<PlacedStatement[]> =>
  fc.subarray(
    cast.joins.map((statement) => ({ statement })),
    { maxLength: 12 },
  )

/** All that a membership says, without the functions it says it with. */
export const toldBy = (membership: Membership, cast: Cast) => ({
  members: new Map(
    [...membership.members].map(([account, { role, isRemoved, joinedAt, replaces, devices }]) => [
      account,
      { role, isRemoved, joinedAt, replaces, devices: [...devices.keys()].sort() },
    ]),
  ),
  counts: [cast.owner, cast.aunt, cast.brother, cast.member, cast.cousin, cast.stranger].map(({ device }) =>
    Array.from({ length: 12 }, (_nothing, seq) => membership.counts(device.id, seq)),
  ),
})

export const roleIn = (membership: Membership, account: AccountId): string => {
  const member = membership.members.get(account)
  return member === undefined ? 'nobody' : member.isRemoved ? 'removed' : member.role
}

/** What there is to say about a cast, and about what a membership makes of it. */
export const tellAbout = (cast: Cast) => {
  const fold = (...more: (readonly PlacedStatement[])[]): Membership =>
    foldMembership(cast.genesis, [...cast.beginning, ...more.flat()])
  const everybody = [cast.owner, cast.aunt, cast.brother, cast.member, cast.cousin, cast.stranger]
  const by = ({ device }: Relative, body: StatementBody, ms = 5_000): Promise<Statement> =>
    say(cast.genesis, device, { ...body, ms })
  return {
    everybody,
    /** The membership of the beginning and more. */
    fold,
    told: (...more: (readonly PlacedStatement[])[]) => toldBy(fold(...more), cast),
    rolesIn(...more: (readonly PlacedStatement[])[]): string[] {
      const membership = fold(...more)
      return everybody.map(({ account }) => roleIn(membership, account))
    },
    by,
    async joinBy(seed: number, { account }: Relative, ms = 6_000): Promise<PlacedStatement> {
      const join = await makeJoin(cast.genesis.group, await invitationOf(seed), { account, ms })
      return { statement: await readSaid(cast.genesis, join) }
    },
    async invitationBy(
      inviter: Relative,
      seed: number,
      { role = 'member', uses = 1, replaces, ms = 5_000 }: InvitationWish = {},
    ): Promise<Statement> {
      const { key } = await invitationOf(seed)
      return by(inviter, { type: 'invitation', key, role, uses, expiresAt: 1, replaces, cuts: [] }, ms)
    },
  }
}
