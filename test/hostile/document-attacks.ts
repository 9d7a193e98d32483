import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { copyBytes, type Bytes } from '../../shared/crypto/bytes.ts'
import { logLimits } from '../../shared/limits.ts'
import { encodeAppend } from '../../client/core/log/append-update.ts'
import { entryKinds } from '../../client/core/log/entry.ts'
import { recipientsOf } from '../../client/core/group/recipients.ts'
import { hashDeparted, makeRekey, openEpoch, type Epoch } from '../../client/core/group/rekey.ts'
import {
  certificateStatement,
  makeJoin,
  makeStatement,
  type StatementBody,
} from '../../client/core/group/statements.ts'
import { encodeUpdate } from '../../client/net/family-message.ts'
import { headInDocument } from '../../client/core/testing/hostile-document.ts'
import { createRelative, invitationOf } from '../../client/core/testing/relatives.ts'
import { createSeededRandom } from '../../client/core/testing/seeded-random.ts'
import type { Attack, HostileGround } from './hostile-ground.ts'

const random = createSeededRandom(98)

const placeOf = ({ hearth }: HostileGround) => {
  const { group } = hearth.family.genesis
  return { group, log: group, page: 0 }
}
const ownHead = ({ hearth, device }: HostileGround) => headInDocument(hearth.family, device)

/** An update that follows an entry which never comes. */
const afterNothing = async (ground: HostileGround): Promise<Bytes> => {
  const wish = { place: placeOf(ground), kind: entryKinds.statement }
  const { head } = await ground.write({ ...wish, head: await ownHead(ground) })
  return (await ground.write({ ...wish, head })).update
}

/** What the family document is offered, and does not take. */
export const documentRefusals: Attack[] = [
  {
    title: 'P3: an entry in Anna’s feed of the family document',
    why: 'badSignature',
    async attack(ground) {
      const { anna, hearth, write, sendDocument } = ground
      const head = await headInDocument(hearth.family, anna)
      const { element } = await write({ place: placeOf(ground), kind: entryKinds.statement, head })
      sendDocument(encodeAppend(anna.feed, head!.length, [element]))
    },
  },
  {
    title: 'P3: a message, which has no place in the family document',
    why: 'kindNotHere',
    async attack(ground) {
      const head = await ownHead(ground)
      ground.sendDocument((await ground.write({ place: placeOf(ground), head })).update)
    },
  },
  {
    title: 'E1: what was written in a room, in the family document',
    why: 'badSignature',
    async attack(ground) {
      ground.sendDocument((await ground.write({ head: await ownHead(ground) })).update)
    },
  },
  {
    title: 'P3: a gap in what she says is all of the family document',
    why: 'gapRemains',
    async attack(ground) {
      const message = copyBytes(encodeUpdate(await afterNothing(ground)))
      message[1] = 1 // what answers a question
      ground.sayFamily(message)
    },
  },
  {
    title: 'P4: deleting what Anna wrote in the family document',
    why: 'deletes',
    attack({ anna, hearth, sendDocument }) {
      const doc = new Y.Doc({ gc: false })
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(hearth.family.doc))
      const before = Y.encodeStateVector(doc)
      doc.getArray(String(anna.feed)).delete(0, 1)
      sendDocument(copyBytes(Y.encodeStateAsUpdate(doc, before)))
    },
  },
  {
    title: 'P3: bytes that are no update of the family document',
    why: 'refused',
    attack({ sendDocument }) {
      sendDocument(random.bytes(100))
    },
  },
  {
    title: 'L2: a message of no kind on the family channel',
    why: 'notAFamilyMessage',
    attack({ sayFamily }) {
      sayFamily(Uint8Array.of(77, 1, 2, 3))
    },
  },
  {
    title: 'P3: very many questions on the family channel, behind what costs much',
    why: 'quiet',
    async attack(ground) {
      const update = await afterNothing(ground)
      for (let count = 0; count < 100; count++) ground.sendDocument(update)
      for (let count = 0; count < 20_000; count++) ground.sayFamily(Uint8Array.of(3))
    },
  },
  {
    title: 'L2: that Anna is away, said by another',
    why: 'notAFamilyMessage',
    attack({ anna, sayFamily }) {
      const awareness = encoding.createEncoder()
      encoding.writeVarUint(awareness, 1)
      encoding.writeVarUint(awareness, anna.feed)
      encoding.writeVarUint(awareness, 2 ** 30)
      encoding.writeVarString(awareness, 'null')
      const message = encoding.createEncoder()
      encoding.writeVarUint(message, 1)
      encoding.writeVarUint8Array(message, encoding.toUint8Array(awareness))
      sayFamily(copyBytes(encoding.toUint8Array(message)))
    },
  },
]

const state = ({ hearth, device, clock }: HostileGround, body: StatementBody): Promise<Bytes> =>
  makeStatement(hearth.family.genesis.group, device, { ...body, ms: clock.now() })

const statements: [string, (ground: HostileGround) => Promise<Bytes[]>][] = [
  [
    'that she is an admin',
    async (ground) => [
      await state(ground, { type: 'role', account: ground.account, role: 'admin', cuts: [] }),
    ],
  ],
  [
    'that Anna is a member like others',
    async (ground) => [
      await state(ground, { type: 'role', account: ground.anna.account, role: 'member', cuts: [] }),
    ],
  ],
  [
    'that Anna is out',
    async (ground) => [await state(ground, { type: 'removal', account: ground.anna.account, cuts: [] })],
  ],
  [
    'that nothing of what Anna wrote counts',
    async (ground) => [await state(ground, { type: 'cut', device: ground.anna.device, logs: [] })],
  ],
  [
    'that somebody comes in by her invitation, as admin or in Anna’s place',
    async (ground) => {
      const { group } = ground.hearth.family.genesis
      const friend = await createRelative(500)
      const said: Bytes[] = [certificateStatement(friend.certificate)]
      for (const [index, role] of (['admin', 'member'] as const).entries()) {
        const secrets = await invitationOf(700 + index)
        const again = index === 1 ? { replaces: ground.anna.account, cuts: [] } : {}
        const wish = { type: 'invitation', key: secrets.key, role, uses: 3, expiresAt: 2 ** 40 } as const
        said.push(await state(ground, { ...wish, ...again }))
        said.push(await makeJoin(group, secrets, { account: friend.account, ms: 5 }))
      }
      return said
    },
  ],
  [
    'that every invitation is withdrawn',
    (ground) => {
      const { invitationKeys } = ground.hearth.family.state.get().membership
      return Promise.all(invitationKeys.map((key) => state(ground, { type: 'withdrawal', key, joined: [] })))
    },
  ],
  [
    'what Anna would say, with her own signature',
    async (ground) => {
      const body = { type: 'removal', account: ground.account, cuts: [], ms: 1 } as const
      return [await makeStatement(ground.hearth.family.genesis.group, ground.asAnna, body)]
    },
  ],
  ['no statement at all', () => Promise.resolve([random.bytes(200), new Uint8Array(0), Uint8Array.of(8)])],
]

const newEpoch = () => openEpoch(random.bytes(32))
const rekeyFor = async (
  { hearth }: HostileGround,
  epoch: Epoch,
  before: readonly Epoch[] = [],
): Promise<Bytes> => {
  const recipients = recipientsOf(hearth.family.state.get().membership)
  const given = { recipients, departed: await hashDeparted([]), before }
  return makeRekey(hearth.family.genesis.group, epoch, given, random)
}
const knownEpochs = async ({ hearth }: HostileGround): Promise<Epoch[]> =>
  Promise.all((await hearth.family.keys.secrets()).map((secret) => openEpoch(secret)))

const rekeys: [string, (ground: HostileGround) => Promise<Bytes[]>, number?][] = [
  [
    'bytes that are no rekey, and boxes full of garbage',
    async (ground) => {
      const whole = await rekeyFor(ground, await newEpoch())
      const bogus = whole.map((byte, at) => (at < 40 ? byte : byte ^ 0xff))
      return [random.bytes(300), new Uint8Array(0), whole.slice(1), bogus]
    },
  ],
  [
    'an epoch that is not hers: the id of the one in use, with another secret',
    async (ground) => {
      const all = await knownEpochs(ground)
      return Promise.all(all.map(({ id }) => rekeyFor(ground, { id, secret: random.bytes(32) })))
    },
  ],
  [
    'links to what was before that lie, and links in a circle',
    async (ground) => {
      const [known, circle] = [await knownEpochs(ground), await newEpoch()]
      const lies = known.map(({ id }) => ({ id, secret: random.bytes(32) }))
      return [
        await rekeyFor(ground, await newEpoch(), lies),
        await rekeyFor(ground, circle, known),
        ...(await Promise.all(known.map((epoch) => rekeyFor(ground, epoch, [circle])))),
      ]
    },
  ],
  [
    'an epoch of a time to come',
    async (ground) => [await rekeyFor(ground, await newEpoch())],
    logLimits.maxClockLeadMs + 60_000,
  ],
]

/** What the family document carries since anybody may say it, and what changes nothing for anybody. */
export const documentClaims: Attack[] = [
  {
    title: 'P3: a gap in the family document',
    why: 'quiet',
    async attack(ground) {
      ground.sendDocument(await afterNothing(ground))
    },
  },
  ...statements.map(([title, say]): Attack => ({
    title: `G2: ${title}`,
    why: 'quiet',
    async attack(ground) {
      for (const said of await say(ground)) await ground.writeDocument(entryKinds.statement, said)
    },
  })),
  ...rekeys.map(([title, say, aheadMs = 0]): Attack => ({
    title: `G3: ${title}`,
    why: 'quiet',
    async attack(ground) {
      const ms = ground.clock.now() + aheadMs
      for (const said of await say(ground)) await ground.writeDocument(entryKinds.rekey, said, ms)
    },
  })),
]
