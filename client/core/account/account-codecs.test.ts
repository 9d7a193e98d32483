import * as encoding from 'lib0/encoding'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { PublicKey } from '../../../shared/crypto/ed25519.ts'
import type { KemKey } from '../../../shared/crypto/x25519-key.ts'
import type { AccountId } from '../../../shared/identifiers.ts'
import { accountLimits } from '../../../shared/limits.ts'
import { linkingLinkPrefix } from '../../../shared/linking-link.ts'
import {
  badKemKeys,
  badSigningKeys,
  bitFlips,
  countTaken,
  truncations,
  withLeftovers,
} from '../testing/broken-bytes.ts'
import { createRelative, foundFamily, invitationOf } from '../testing/relatives.ts'
import { createSeededRandom } from '../testing/seeded-random.ts'
import { encodeFamilyKeys, parseFamilyKeys, type FamilyKeys } from './family-keys.ts'
import { checkDigitsOf, linkingLinkOf, readLinkingLink, type LinkingKeys } from './linking.ts'
import { encodeMembershipRecord, parseMembershipRecord, type MembershipRecord } from './membership-record.ts'
import { encodePrivateNotes, noPrivateNotes, parsePrivateNotes } from './private-notes.ts'
import {
  encodeWelcome,
  maxSnapshotBytes,
  openWelcome,
  readWelcome,
  sealWelcome,
  type Welcome,
} from './welcome.ts'

const random = createSeededRandom(1)
const owner = await createRelative(1)
const member = await createRelative(2)
const genesis = await foundFamily(owner)

const bytes = (length: { minLength?: number; maxLength: number }) =>
  fc.uint8Array(length).map((some) => new Uint8Array(some))
const key = bytes({ minLength: 32, maxLength: 32 })
const text = fc.string({ unit: fc.constantFrom('a', 'Ä', '\u0301', '👋', ' ', 'هل'), maxLength: 20 })
const familyKeys: fc.Arbitrary<FamilyKeys> = fc.record({
  genesis: bytes({ maxLength: 300 }),
  secret: key,
  statements: fc.array(bytes({ maxLength: 200 }), { maxLength: 8 }),
  epochs: fc.array(key, { maxLength: 4 }),
})
const records: fc.Arbitrary<MembershipRecord> = fc.record({
  loginName: text,
  certificate: bytes({ maxLength: 300 }),
  keyringKey: key,
  family: fc.option(familyKeys, { nil: undefined }),
  needsProfile: fc.boolean(),
})
const family: FamilyKeys = {
  genesis: genesis.bytes,
  secret: new Uint8Array(32).fill(3),
  statements: [owner.certificate, member.certificate],
  epochs: [new Uint8Array(32).fill(3)],
}
const record: MembershipRecord = {
  loginName: 'Bob',
  certificate: member.certificate,
  keyringKey: member.keys.keyringKey,
  family,
  needsProfile: true,
}
const garbage = fc
  .tuple(fc.boolean(), bytes({ maxLength: 300 }))
  .map(([isVersioned, rest]) => (isVersioned ? concatBytes(Uint8Array.of(1), rest) : rest))

/** Whole or not at all: every beginning, everything with something after it. */
const expectWhole = async (whole: Bytes, parse: (bytes: Bytes) => unknown) => {
  expect(await countTaken([whole], parse)).toBe(1)
  expect(await countTaken(truncations(whole), parse)).toBe(0)
  expect(await countTaken(withLeftovers(whole), parse)).toBe(0)
}

test('A8: family keys come through unchanged, whole or not at all', async () => {
  fc.assert(
    fc.property(familyKeys, (keys) => {
      expect(parseFamilyKeys(encodeFamilyKeys(keys))).toEqual(keys)
    }),
  )
  fc.assert(
    fc.property(garbage, (some) => {
      expect(() => parseFamilyKeys(some)).not.toThrow()
    }),
  )
  await expectWhole(encodeFamilyKeys(family), parseFamilyKeys)
  expect(parseFamilyKeys(concatBytes(Uint8Array.of(2), encodeFamilyKeys(family).slice(1)))).toBeUndefined()
  const many = Array.from({ length: accountLimits.maxProofStatements + 1 }, () => new Uint8Array(0))
  expect(parseFamilyKeys(encodeFamilyKeys({ ...family, statements: many }))).toBeUndefined()
})

test('I4: a membership record comes through unchanged, whole or not at all', async () => {
  fc.assert(
    fc.property(records, (one) => {
      expect(parseMembershipRecord(encodeMembershipRecord(one))).toEqual(one)
    }),
  )
  fc.assert(
    fc.property(garbage, (some) => {
      expect(() => parseMembershipRecord(some)).not.toThrow()
    }),
  )
  await expectWhole(encodeMembershipRecord(record), parseMembershipRecord)
  await expectWhole(encodeMembershipRecord({ ...record, family: undefined }), parseMembershipRecord)
})

test('I7: private notes come through unchanged, and what cannot be read is none', () => {
  const accounts = fc
    .array(key, { maxLength: 5 })
    .map((keys) => new Set(keys.map((one) => toBase64Url(one) as AccountId)))
  const notes = fc.record({
    trust: fc.record({ verified: accounts, accepted: accounts, blocked: accounts }),
    hasKeptPhrase: fc.boolean(),
  })
  fc.assert(
    fc.property(notes, (one) => {
      expect(parsePrivateNotes(encodePrivateNotes(one))).toEqual(one)
    }),
  )
  fc.assert(
    fc.property(garbage, (some) => {
      expect(() => parsePrivateNotes(some)).not.toThrow()
    }),
  )
  const kept = encodePrivateNotes({
    trust: { verified: new Set([owner.account]), accepted: new Set(), blocked: new Set() },
    hasKeptPhrase: true,
  })
  for (const broken of [...truncations(kept), ...withLeftovers(kept)])
    expect(parsePrivateNotes(broken)).toBe(noPrivateNotes)
  expect(parsePrivateNotes(undefined)).toBe(noPrivateNotes)
})

const welcome: Welcome = { family, inviterName: 'Anna', snapshot: new Uint8Array(50).fill(4) }

test('A8: a welcome comes through unchanged, whole or not at all, with a genesis that is one', async () => {
  await fc.assert(
    fc.asyncProperty(text, bytes({ maxLength: 500 }), async (inviterName, snapshot) => {
      const given = { ...welcome, inviterName, snapshot }
      expect(await readWelcome(encodeWelcome(given))).toEqual({ ...given, genesis })
    }),
    { numRuns: 30 },
  )
  await fc.assert(
    fc.asyncProperty(garbage, async (some) => {
      expect(await readWelcome(some)).toBeUndefined()
    }),
  )
  await expectWhole(encodeWelcome(welcome), readWelcome)
  const forged = { ...welcome, family: { ...family, genesis: bitFlips(genesis.bytes)[300]! } }
  expect(await readWelcome(encodeWelcome(forged))).toBeUndefined()
})

test('A8: a document too large for a welcome is left out of it', async () => {
  const largest = { ...welcome, snapshot: new Uint8Array(maxSnapshotBytes).fill(5) }
  expect((await readWelcome(encodeWelcome(largest)))?.snapshot).toEqual(largest.snapshot)
  const larger = { ...welcome, snapshot: new Uint8Array(maxSnapshotBytes + 1) }
  expect((await readWelcome(encodeWelcome(larger)))?.snapshot).toEqual(new Uint8Array(0))
})

test('A8: a sealed welcome opens with its own link only, and not when a bit of it was changed', async () => {
  const [secrets, others] = await Promise.all([invitationOf(1), invitationOf(2)])
  const sealed = await sealWelcome(welcome, secrets, random)
  expect(await openWelcome(sealed, secrets)).toEqual({ ...welcome, genesis })
  expect(await openWelcome(sealed, others)).toBeUndefined()
  const raw = new Uint8Array(Buffer.from(sealed, 'base64url'))
  const open = (box: Bytes) => openWelcome(toBase64Url(box), secrets)
  expect(
    await countTaken(
      bitFlips(raw).filter((_flip, bit) => bit % 7 === 0),
      open,
    ),
  ).toBe(0)
  expect(await countTaken(truncations(raw), open)).toBe(0)
  for (const text of ['', '!', 'A']) expect(await openWelcome(text, secrets)).toBeUndefined()
})

const linkingKeys: LinkingKeys = {
  deviceKey: member.device.publicKey,
  deviceKem: member.device.kem.publicKey,
  deviceName: 'Firefox on Linux',
}

test('I8: a linking link says which device, from whatever part of it was pasted', () => {
  fc.assert(
    fc.property(text, (deviceName) => {
      const keys = { ...linkingKeys, deviceName }
      const link = linkingLinkOf('https://hearth.local', keys)
      expect(readLinkingLink(link)).toEqual(keys)
      expect(readLinkingLink(` ${link.slice(link.indexOf('#'))} \n`)).toEqual(keys)
    }),
  )
  const long = linkingLinkOf('', { ...linkingKeys, deviceName: '👋'.repeat(500) })
  expect(readLinkingLink(long)?.deviceName).toBe('👋'.repeat(accountLimits.maxDeviceName))
})

test('I8: a link that lost or gained anything is none', () => {
  const link = linkingLinkOf('https://hearth.local', linkingKeys)
  for (let length = 0; length < link.length; length++)
    expect(readLinkingLink(link.slice(0, length))).toBeUndefined()
  for (const more of ['A', 'AA', '&x', '!']) expect(readLinkingLink(link + more)).toBeUndefined()
  fc.assert(
    fc.property(fc.string(), (rest) => {
      expect(readLinkingLink(rest)).toBeUndefined()
      expect(() => readLinkingLink(`${linkingLinkPrefix}${rest}`)).not.toThrow()
    }),
  )
})

test('I6: a link with a key that is of small order or not canonical is none', () => {
  for (const bad of badSigningKeys)
    expect(
      readLinkingLink(linkingLinkOf('', { ...linkingKeys, deviceKey: bad as PublicKey })),
    ).toBeUndefined()
  for (const bad of badKemKeys)
    expect(readLinkingLink(linkingLinkOf('', { ...linkingKeys, deviceKem: bad as KemKey }))).toBeUndefined()
})

test('I8: the six digits are the same on both screens, and others for other keys', async () => {
  expect(await checkDigitsOf(linkingKeys)).toMatch(/^\d{6}$/)
  const read = readLinkingLink(linkingLinkOf('https://hearth.local', linkingKeys))
  expect(await checkDigitsOf(read!)).toBe(await checkDigitsOf(linkingKeys))
  const swapped = { ...linkingKeys, deviceKem: owner.device.kem.publicKey }
  expect(await checkDigitsOf(swapped)).not.toBe(await checkDigitsOf(linkingKeys))
  expect(await checkDigitsOf(linkingKeys)).toMatchInlineSnapshot(`"863799"`)
})

test('a name that is not text is refused where a name is read', () => {
  const whole = encodeMembershipRecord({ ...record, loginName: 'Bob', family: undefined })
  const broken = new Uint8Array(whole)
  broken.set([0xff], whole.indexOf(encodeUtf8('B')[0]!))
  expect(parseMembershipRecord(broken)).toBeUndefined()
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, linkingKeys.deviceKey)
  encoding.writeUint8Array(encoder, linkingKeys.deviceKem)
  encoding.writeVarUint8Array(encoder, Uint8Array.of(0xff))
  expect(
    readLinkingLink(`${linkingLinkPrefix}${toBase64Url(encoding.toUint8Array(encoder))}`),
  ).toBeUndefined()
})
