import * as encoding from 'lib0/encoding'
import { beforeAll, describe, expect, test } from 'vitest'
import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import { copyBytes, encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { decodeWith } from '../../../shared/decoding.ts'
import { logLimits, nameLimits } from '../../../shared/limits.ts'
import { entryKinds } from '../log/entry.ts'
import type { LogId } from '../ports.ts'
import { createCast, tellAbout, type Cast } from '../testing/histories.ts'
import { placeIn, type Relative } from '../testing/relatives.ts'
import { encodeControlBody, parseControlBody } from './control-bodies.ts'
import { foldFamily, type ControlEntry } from './family-state.ts'
import type { Membership } from './membership.ts'

const general = 'general-general-genera' as LogId
const garden = toBase64Url(new Uint8Array(16).fill(7)) as LogId

let cast: Cast
let about: ReturnType<typeof tellAbout>
beforeAll(async () => {
  cast = await createCast()
  about = tellAbout(cast)
})

const entryBy = (
  { device }: Relative,
  seq: number,
  ms: number,
  body: ControlEntry['body'],
): ControlEntry => ({ feed: device.feed, device: device.id, seq, time: { ms, counter: 0 }, body })
const says = (by: Relative, topic: string, { room = general, seq = 10, ms = 1_000 } = {}) =>
  entryBy(by, seq, ms, { kind: entryKinds.room, room, topic })
const roomIn = (membership: Membership, entries: readonly ControlEntry[], room = general) =>
  foldFamily({ membership, entries }, general).rooms.get(room)

describe('ux 19: what an open room is about', () => {
  test('is nothing, until owner or admin says; the last word holds, in whatever order it came (G7)', () => {
    const membership = about.fold()
    expect(roomIn(membership, [])?.topic).toBe('')
    const both = [says(cast.owner, 'Winter', { ms: 3_000 }), says(cast.aunt, 'Summer', { ms: 2_000 })]
    for (const entries of [both, both.toReversed()]) {
      const room = roomIn(membership, entries)
      expect(room?.topic).toBe('Winter')
      expect(room?.events.map(({ type, account, topic }) => [type, account, topic])).toEqual([
        ['topicChanged', cast.aunt.account, 'Summer'],
        ['topicChanged', cast.owner.account, 'Winter'],
      ])
    }
  })

  test('can be taken away again; the same once more is no news', () => {
    const room = roomIn(about.fold(), [
      says(cast.owner, '', { seq: 10, ms: 1_000 }),
      says(cast.owner, 'Summer', { seq: 11, ms: 2_000 }),
      says(cast.owner, 'Summer', { seq: 12, ms: 3_000 }),
      says(cast.owner, '', { seq: 13, ms: 4_000 }),
    ])
    expect(room?.topic).toBe('')
    expect(room?.events.map(({ topic }) => topic)).toEqual(['Summer', ''])
  })

  test('is not for members to say, but of rooms that they made, nor for strangers', () => {
    const membership = about.fold()
    const made = entryBy(cast.member, 9, 500, { kind: entryKinds.room, room: garden, name: 'Garden' })
    const inGarden = (by: Relative) => roomIn(membership, [made, says(by, 'Beans', { room: garden })], garden)
    expect(roomIn(membership, [says(cast.member, 'Mine')])?.topic).toBe('')
    expect(roomIn(membership, [says(cast.stranger, 'Mine')])?.topic).toBe('')
    expect(inGarden(cast.member)?.topic).toBe('Beans')
    expect(inGarden(cast.cousin)?.topic).toBe('')
  })

  test('G6: what an admin said holds after they are none any more; what they back-date does not', async () => {
    const cuts = [{ device: cast.aunt.device.id, length: 11 }]
    const word = { type: 'role', account: cast.aunt.account, role: 'member', cuts } as const
    const membership = about.fold([placeIn(cast.owner.device, 20, await about.by(cast.owner, word))])
    expect(roomIn(membership, [says(cast.aunt, 'Before', { seq: 10 })])?.topic).toBe('Before')
    expect(roomIn(membership, [says(cast.aunt, 'After', { seq: 11, ms: 1 })])?.topic).toBe('')
  })

  test('makes no room, and is never one’s name', () => {
    const membership = about.fold()
    expect(roomIn(membership, [says(cast.owner, 'Beans', { room: garden })], garden)).toBeUndefined()
    expect(roomIn(membership, [says(cast.owner, 'Beans')])?.name).toBe('general')
  })

  test('is shown as one tidy line whatever was signed, and passed over where it is too long', () => {
    const membership = about.fold()
    const shown = (topic: string) => roomIn(membership, [says(cast.owner, topic)])?.topic
    expect(shown('\u202eSum\u0000mer\nat the \u2066lake\u2069')).toBe('Sum mer at the lake')
    expect(shown('\u202e\u0000\n')).toBe('')
    expect(shown('x'.repeat(nameLimits.maxTopic + 1))).toBe('')
    expect(shown(`x${'\u0301'.repeat(5_000)}`)).toBe('')
  })
})

describe('E5: how a topic travels', () => {
  const body = encodeControlBody({ kind: entryKinds.room, room: garden, topic: 'Beans' })

  test('a Hearth that knows no topics, and reads a room and its name, passes over it and refuses nothing', () => {
    const asBefore = decodeWith(body, (reader) => [
      reader.bytes(16),
      reader.varBytes(nameLimits.maxRoomName * 32),
    ])
    expect(asBefore).toBeUndefined()
  })

  test('beside a name, longer than topics are, or followed by more it is none', () => {
    const written = (name: string, topic: Uint8Array, more: readonly number[] = []) => {
      const encoder = encoding.createEncoder()
      encoding.writeUint8Array(encoder, new Uint8Array(16).fill(7))
      encoding.writeVarUint8Array(encoder, encodeUtf8(name))
      encoding.writeVarUint8Array(encoder, topic)
      for (const byte of more) encoding.writeUint8(encoder, byte)
      return parseControlBody(entryKinds.room, copyBytes(encoding.toUint8Array(encoder)))
    }
    expect(written('', encodeUtf8('Beans'))).toEqual({ kind: entryKinds.room, room: garden, topic: 'Beans' })
    expect(written('Garden', encodeUtf8('Beans'))).toBeUndefined()
    expect(written('', encodeUtf8('Beans'), [0])).toBeUndefined()
    expect(written('', new Uint8Array(nameLimits.maxTopic * 32 + 1))).toBeUndefined()
    expect(written('', new Uint8Array(logLimits.maxEntryBytes))).toBeUndefined()
    expect(written('', Uint8Array.of(0xff, 0xfe))).toBeUndefined()
  })
})
