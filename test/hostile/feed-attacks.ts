import { encodeUtf8 } from '../../shared/crypto/bytes.ts'
import { sha256 } from '../../shared/crypto/sha256.ts'
import { entryKinds } from '../../client/core/log/entry.ts'
import { encodeEraseBody } from '../../client/core/log/erase-body.ts'
import type { Attack, HostileGround } from './hostile-ground.ts'

const hour = 3_600_000
const year = 365 * 24 * hour

const gardenOf = ({ hearth, garden }: HostileGround) => ({
  group: hearth.family.genesis.group,
  log: garden,
  page: 0,
})
const asStolen =
  (agoMs: number): Attack['attack'] =>
  async ({ clock, stolen, write, sendEntries }) => {
    const time = { ms: clock.now() - agoMs, counter: 0 }
    const plaintext = encodeUtf8('from the other side')
    sendEntries((await write({ device: stolen(), time, plaintext })).update)
  }

/** What is written with the keys of a device whose account was removed. */
export const removedAttacks: Attack[] = [
  { title: 'G6: what a removed member writes', why: 'cutOff', attack: asStolen(0) },
  { title: 'G6: what a removed member writes, back-dated', why: 'cutOff', attack: asStolen(24 * hour) },
]

export const eraseTitle = 'P4: an erase entry for what another wrote'
export const futureTitle = 'E4: a message of next year'
export const forkTitle = 'P6: two entries for one place'

/** What is an entry as any other, and does not do what it is for. */
export const carriedAttacks: Attack[] = [
  {
    title: eraseTitle,
    why: 'quiet',
    async attack(ground) {
      const { anna, hearth, garden, write, publish } = ground
      const place = gardenOf(ground)
      const all = await hearth.logs.readAll(garden)
      const theirs = all.filter(({ feed }) => feed === anna.feed)
      const targets = await Promise.all(
        theirs.map(async ({ feed, seq, body }) => ({ feed, seq, bodyHash: await sha256(body) })),
      )
      const plaintext = encodeEraseBody(targets)
      await publish((await write({ place, kind: entryKinds.erase, plaintext })).update, { log: garden })
    },
  },
  {
    title: futureTitle,
    why: 'quiet',
    async attack(ground) {
      const { clock, garden, write, publish } = ground
      const time = { ms: clock.now() + year, counter: 0 }
      const plaintext = encodeUtf8('of next year')
      await publish((await write({ place: gardenOf(ground), time, plaintext })).update, { log: garden })
    },
  },
  {
    title: forkTitle,
    why: 'forked',
    async attack(ground) {
      const { garden, write, sendEntries } = ground
      const place = gardenOf(ground)
      for (const text of ['one way', 'the other way'])
        sendEntries((await write({ place, plaintext: encodeUtf8(text) })).update, { log: garden })
    },
  },
]
