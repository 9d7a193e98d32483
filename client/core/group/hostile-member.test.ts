import { describe, expect, test, beforeAll } from 'vitest'
import { makeRevocation } from '../../../shared/certificate.ts'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, type Bytes } from '../../../shared/crypto/bytes.ts'
import { groupLimits, logLimits } from '../../../shared/limits.ts'
import { encodeAppend } from '../log/append-update.ts'
import { entryKinds } from '../log/entry.ts'
import { createDocumentWriter, headInDocument, type DocumentWriter } from '../testing/hostile-document.ts'
import { createHostileScene, type HostileScene } from '../testing/hostile-scene.ts'
import { recipientOf } from '../testing/key-group.ts'
import { certifyDevice, createRelative, invitationOf } from '../testing/relatives.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { encodeControlBody } from './control-bodies.ts'
import { recipientsOf } from './recipients.ts'
import {
  hashDeparted,
  makeRekey,
  openEpoch,
  parseRekey,
  recipientIdOf,
  type Epoch,
  type Recipient,
} from './rekey.ts'
import {
  certificateStatement,
  makeJoin,
  makeStatement,
  revocationStatement,
  type StatementBody,
} from './statements.ts'

const random = createSeededRandom(99)

let scene: HostileScene
let write: DocumentWriter
beforeAll(async () => {
  scene = await createHostileScene()
  write = createDocumentWriter(scene)
})

const state = (body: StatementBody) =>
  makeStatement(scene.anna.hearth.family.genesis.group, scene.mallory.relative.device, {
    ...body,
    ms: scene.house.clock.now(),
  })
const lengthOfMallory = () =>
  scene.anna.hearth.family.doc.getArray(String(scene.mallory.relative.device.feed)).length

describe('G2: what Mallory writes in the family document is carried, and says nothing', () => {
  const accountOf = { anna: () => scene.owner.account, bob: () => scene.member.account }
  const cases: [string, () => Promise<Bytes[]>][] = [
    [
      'that she is admin',
      async () => [
        await state({ type: 'role', account: scene.mallory.relative.account, role: 'admin', cuts: [] }),
      ],
    ],
    ['that Bob is out', async () => [await state({ type: 'removal', account: accountOf.bob(), cuts: [] })]],
    ['that Anna is out', async () => [await state({ type: 'removal', account: accountOf.anna(), cuts: [] })]],
    [
      'that Anna is a member like others',
      async () => [await state({ type: 'role', account: accountOf.anna(), role: 'member', cuts: [] })],
    ],
    [
      'that nothing of what Bob wrote counts',
      async () => [await state({ type: 'cut', device: scene.member.device.id, logs: [] })],
    ],
    [
      'that somebody comes in by her invitation, as admin or as member or in Bob’s place',
      async () => {
        const { group } = scene.anna.hearth.family.genesis
        const friend = await createRelative(500)
        const said: Bytes[] = [certificateStatement(friend.certificate)]
        for (const [index, role] of (['admin', 'member', 'member'] as const).entries()) {
          const secrets = await invitationOf(700 + index)
          const again = index === 2 ? { replaces: accountOf.bob(), cuts: [] } : {}
          const wish = { type: 'invitation', key: secrets.key, role, uses: 3, expiresAt: 2 ** 40 } as const
          said.push(await state({ ...wish, ...again }))
          said.push(await makeJoin(group, secrets, { account: friend.account, ms: 5 }))
        }
        return said
      },
    ],
    [
      'that Bob’s invitation is withdrawn',
      async () => {
        const { membership } = scene.anna.hearth.family.state.get()
        return Promise.all(
          membership.invitationKeys.map((key) => state({ type: 'withdrawal', key, joined: [] })),
        )
      },
    ],
    [
      'that Anna’s and Bob’s devices are hers',
      () =>
        Promise.all(
          [scene.owner, scene.member].map(async ({ device }) =>
            certificateStatement(await certifyDevice(scene.mallory.relative.keys, device, 'mine', 0)),
          ),
        ),
    ],
    [
      'that Bob’s device is revoked',
      async () => {
        const { identity, sign } = scene.mallory.relative.keys
        const fields = {
          identityKey: identity.key,
          deviceKey: scene.member.device.publicKey,
          at: 1,
          accepted: 0,
        }
        return [revocationStatement(await makeRevocation(sign, fields))]
      },
    ],
    [
      'what Anna would say, with her own signature',
      async () => {
        const asAnna = { id: scene.owner.device.id, sign: scene.mallory.relative.device.sign }
        const { group } = scene.anna.hearth.family.genesis
        const body = { type: 'removal', account: accountOf.bob(), cuts: [], ms: 1 } as const
        return [await makeStatement(group, asAnna, body)]
      },
    ],
    ['no statement at all', () => Promise.resolve([random.bytes(200), new Uint8Array(0), Uint8Array.of(8)])],
  ]

  test.each(cases)('%s', async (_title, say) => {
    await scene.mallory.meet(scene.anna)
    const before = scene.told()
    const length = lengthOfMallory()
    const said = await say()
    for (const statement of said) await write(entryKinds.statement, statement)
    expect(lengthOfMallory()).toBe(length + said.length)
    await scene.house.clock.advance(5_000)
    expect(scene.told()).toEqual(before)
    expect(await scene.talk()).toBe(true)
  })
})

describe('P3: the family document takes nothing from Mallory that is not hers and whole', () => {
  const placeOf = () => {
    const { group } = scene.anna.hearth.family.genesis
    return { group, log: group, page: 0 }
  }
  const cases: [string, () => Promise<Bytes> | Bytes][] = [
    [
      'an entry in Bob’s feed',
      async () => {
        const head = await headInDocument(scene.anna.hearth.family, scene.member.device)
        const { element } = await scene.mallory.write({
          place: placeOf(),
          kind: entryKinds.statement,
          head,
        })
        return encodeAppend(scene.member.device.feed, head!.length, [element])
      },
    ],
    [
      'a message, which has no place there',
      async () =>
        (await scene.mallory.write({ place: placeOf(), device: (await createRelative(81)).device })).update,
    ],
    [
      'what was written in a room',
      async () => (await scene.mallory.write({ device: (await createRelative(82)).device })).update,
    ],
    [
      'a gap',
      async () => {
        const first = await scene.mallory.write({ place: placeOf(), kind: entryKinds.statement })
        const feed = scene.mallory.relative.device.feed
        return encodeAppend(feed, lengthOfMallory() + 1, [first.element])
      },
    ],
    ['bytes that are no update', () => random.bytes(100)],
  ]

  test.each(cases)('%s', async (_title, make) => {
    await scene.mallory.meet(scene.anna)
    const before = [scene.told(), scene.documents()]
    scene.mallory.sendDocument(scene.anna, await make())
    await scene.house.clock.advance(3_000)
    expect([scene.told(), scene.documents()]).toEqual(before)
    expect(await scene.talk()).toBe(true)
  })
})

// ---- keys

/** All who belong to the family now, as Anna’s device sees it. */
const everybody = (): Recipient[] => recipientsOf(scene.anna.hearth.family.state.get().membership)
const rekeyFor = async (
  epoch: Epoch,
  recipients: readonly Recipient[] = everybody(),
  before: readonly Epoch[] = [],
): Promise<Bytes> =>
  makeRekey(
    scene.anna.hearth.family.genesis.group,
    epoch,
    { recipients, departed: await hashDeparted([]), before },
    random,
  )
const newEpoch = () => openEpoch(random.bytes(32))
/** Under which epoch the newest entry of somebody in the general room is sealed. */
const newestEpochOf = async (device: { id: string; feed: number }): Promise<string> => {
  const all = await scene.anna.hearth.logs.readAll(scene.general)
  const own = all.filter(({ feed }) => feed === device.feed).sort((left, right) => left.seq - right.seq)
  return toBase64Url(own.at(-1)?.epoch ?? new Uint8Array(0))
}
const epochsInUse = async () =>
  Promise.all([scene.owner, scene.member].map(({ device }) => newestEpochOf(device)))

describe('G3: Mallory’s rekeys keep nobody from reading', () => {
  test('bytes that are no rekey, and boxes full of garbage', async () => {
    await scene.mallory.meet(scene.anna)
    const whole = await rekeyFor(await newEpoch())
    const bogus = whole.map((byte, at) => (at < 40 ? byte : byte ^ 0xff))
    for (const bytes of [
      random.bytes(300),
      new Uint8Array(0),
      whole.slice(1),
      concatBytes(whole, whole),
      bogus,
    ])
      await write(entryKinds.rekey, bytes)
    await scene.house.clock.advance(5_000)
    expect(await scene.talk()).toBe(true)
    const bogusId = toBase64Url(bogus.slice(0, 16))
    expect(await epochsInUse()).not.toContain(bogusId)
  })

  test('boxes with another secret than the epoch’s, for Bob alone: all go over to one that he can open', async () => {
    await scene.mallory.meet(scene.anna)
    const [epoch, other] = [await newEpoch(), await newEpoch()]
    const bob = recipientOf(scene.member.device)
    const [honest, lie] = [await rekeyFor(epoch), await rekeyFor(other, [bob])]
    // Bob’s box is for another secret, and so under another epoch’s name.
    const at = 33 + everybody().findIndex(({ id }) => id === bob.id) * 96
    const bytes = concatBytes(honest.slice(0, at), lie.slice(33, 33 + 96), honest.slice(at + 96))
    expect(parseRekey(bytes)?.boxes.size).toBe(everybody().length)
    await write(entryKinds.rekey, bytes)
    await scene.house.clock.advance(5_000)
    expect(await scene.talk()).toBe(true)
    expect(await epochsInUse()).not.toContain(epoch.id)
    expect(new Set(await epochsInUse()).size).toBe(1)
  })

  test('the id of an epoch that is in use, with other secrets and for other people', async () => {
    await scene.mallory.meet(scene.anna)
    const [id] = await epochsInUse()
    const lie = { id: id as Epoch['id'], secret: random.bytes(32) }
    await write(entryKinds.rekey, await rekeyFor(lie))
    const stranger = await createRelative(900)
    await write(entryKinds.rekey, await rekeyFor(lie, [...everybody(), recipientOf(stranger.device)]))
    await scene.house.clock.advance(5_000)
    expect(await scene.talk()).toBe(true)
    // Whom it lets in, nobody writes for.
    expect(await epochsInUse()).not.toContain(id)
    expect(new Set(await epochsInUse()).size).toBe(1)
  })

  test('links that lie, and links in a circle: a newcomer reads what was said before', async () => {
    await scene.mallory.meet(scene.anna)
    const known: Epoch[] = []
    for (const secret of await scene.mallory.family.keys.secrets()) known.push(await openEpoch(secret))
    const circle = await newEpoch()
    const lies = known.map(({ id }) => ({ id, secret: random.bytes(32) }))
    await write(entryKinds.rekey, await rekeyFor(await newEpoch(), everybody(), lies))
    await write(entryKinds.rekey, await rekeyFor(circle, everybody(), known))
    for (const epoch of known) await write(entryKinds.rekey, await rekeyFor(epoch, everybody(), [circle]))
    await scene.house.clock.advance(5_000)
    expect(await scene.talk()).toBe(true)
    const dora = await scene.house.move('Dora')
    await scene.house.connect(scene.bob, dora)
    await scene.house.clock.advance(5_000)
    const before = (await scene.bob.lines()).filter((line) => line.includes(': '))
    expect(before.length).toBeGreaterThan(5)
    expect((await dora.lines()).filter((line) => line.includes(': '))).toEqual(before)
    expect(await scene.talk()).toBe(true)
  })

  test('one of a time to come', async () => {
    await scene.mallory.meet(scene.anna)
    const epoch = await newEpoch()
    const inUse = await epochsInUse()
    const ahead = scene.house.clock.now() + logLimits.maxClockLeadMs + 60_000
    await write(entryKinds.rekey, await rekeyFor(epoch), ahead)
    await write(entryKinds.rekey, await rekeyFor(await newEpoch()), 0)
    expect(await scene.talk()).toBe(true)
    expect(await epochsInUse()).toEqual(inUse)
  })

  test('one larger than any can be', async () => {
    await scene.mallory.meet(scene.anna)
    const many = Array.from({ length: groupLimits.maxRecipients + 1 }, (_nothing, index) => ({
      ...recipientOf(scene.member.device),
      id: recipientIdOf(toBase64Url(new Uint8Array(new Uint32Array([index, 1, 2, 3, 4, 5, 6, 7]).buffer))),
    }))
    const bytes = await rekeyFor(await newEpoch(), many)
    expect(parseRekey(bytes)).toBeUndefined()
    await write(entryKinds.rekey, bytes.slice(0, logLimits.maxEntryBytes - 300))
    expect(await scene.talk()).toBe(true)
  })
})

test('G8: who calls herself by Anna’s name is the second of that name', async () => {
  await scene.mallory.meet(scene.anna)
  const body = encodeControlBody({
    kind: entryKinds.profile,
    name: 'Anna',
    status: '',
    picture: new Uint8Array(0),
  })
  await write(entryKinds.profile, body)
  const told = scene.told() as [{ profiles: [string, string][] }]
  const nameOf = ({ account }: { account: string }) => told[0].profiles.find(([of]) => of === account)?.[1]
  expect(nameOf(scene.mallory.relative)).toBe('Anna (2)')
  expect(nameOf(scene.owner)).toBe('Anna')
  expect(await scene.talk()).toBe(true)
})
