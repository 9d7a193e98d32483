import { encodeControlBody } from '../../client/core/group/control-bodies.ts'
import { certificateStatement } from '../../client/core/group/statements.ts'
import type { Device } from '../../client/core/identity/device.ts'
import { encodeAppend } from '../../client/core/log/append-update.ts'
import { entryKinds } from '../../client/core/log/entry.ts'
import { appendEntry } from '../../client/core/log/feed.ts'
import { createRelative, inviteRelative, type Relative } from '../../client/core/testing/relatives.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import { mustBe, mustHave } from '../built-page/must.ts'
import type { Kept } from './open-kept.ts'

const firstSeed = 1_000
const names =
  'Bo Cleo Dan Eva Finn Greta Hugo Ida Jan Kim Leo Mia Nils Olga Per Rosa Sam Tove Ulf Vera Wim Ylva Zoe'

/** They say in the family document what they are called, each in a feed of its own. */
const giveName = async ({ hearth }: Kept, { device }: Relative, name: string): Promise<void> => {
  const { genesis, bodies } = hearth.family
  const appended = await appendEntry(bodies, {
    place: { group: genesis.group, log: genesis.group, page: 0 },
    device,
    head: undefined,
    kind: entryKinds.profile,
    time: { ms: Date.now(), counter: 0 },
    plaintext: encodeControlBody({ kind: entryKinds.profile, name, status: '', picture: new Uint8Array(0) }),
  })
  await hearth.family.take(encodeAppend(device.feed, 0, [mustHave(appended).element]))
}

/**
 * Brings people into the family of who is here, by invitations and with a device each, the same every time. Answers the devices of all, that of
 * who is here first. Where they are in already, nothing is done.
 */
export const bringRelatives = async (kept: Kept, people: number): Promise<Device[]> => {
  const { hearth, device, certificate } = kept
  const { family } = hearth
  const isIn = ({ account }: Relative) => family.state.get().membership.members.has(account)
  const write = async (statement: Bytes): Promise<void> =>
    mustHave(await family.write({ kind: entryKinds.statement, statement }))
  const devices = [device]
  for (const [index, name] of names
    .split(' ')
    .slice(0, people - 1)
    .entries()) {
    const relative = await createRelative(firstSeed + index)
    devices.push(relative.device)
    if (isIn(relative)) continue
    const inviter = { device, certificate }
    const wish = { ms: Date.now(), seed: index + 1 }
    const { invitation, join } = await inviteRelative(family.genesis, inviter, relative, wish)
    for (const statement of [invitation, join, certificateStatement(relative.certificate)])
      await write(statement)
    mustBe(isIn(relative), `${name} is of the family`)
    await giveName(kept, relative, name)
  }
  return devices
}
