import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { makeRevocation } from '../../../shared/certificate.ts'
import type { Device } from '../identity/device.ts'
import {
  addDevice,
  certifyDevice,
  createRelative,
  foundFamily,
  placeIn,
  readSaid,
  type Relative,
} from '../testing/relatives.ts'
import { readDeviceAccounts } from './device-accounts.ts'
import type { PlacedStatement } from './said.ts'
import type { Genesis } from './genesis.ts'
import { certificateStatement, revocationStatement, type Statement } from './statements.ts'

let anna: Relative
let mallory: Relative
let genesis: Genesis
const certify = async (by: Relative, device: Device, createdAt: number): Promise<Statement> =>
  readSaid(genesis, certificateStatement(await certifyDevice(by.keys, device, 'device', createdAt)))
const revoke = async ({ keys }: Relative, device: Device, accepted: number): Promise<Statement> => {
  const fields = { identityKey: keys.identity.key, deviceKey: device.publicKey, at: 1, accepted }
  return readSaid(genesis, revocationStatement(await makeRevocation(keys.sign, fields)))
}

beforeAll(async () => {
  anna = await createRelative(1)
  mallory = await createRelative(2)
  genesis = await foundFamily(anna)
})

const ownerOf = (placed: readonly PlacedStatement[], device: Device) =>
  readDeviceAccounts(placed).certificateOf(device.id)?.identity.account

test('I3: a device is whose it says it is, whatever older certificate somebody has for it', async () => {
  const own = await certify(anna, anna.device, 10)
  const claim = await certify(mallory, anna.device, 1)
  const said = placeIn(anna.device, 3, own)
  expect(ownerOf([{ statement: claim }, said], anna.device)).toBe(anna.account)
  expect(ownerOf([placeIn(mallory.device, 0, claim), said], anna.device)).toBe(anna.account)
  // Written in somebody else's feed it is no more than what somebody else says.
  expect(ownerOf([placeIn(mallory.device, 0, own), { statement: claim }], anna.device)).toBe(mallory.account)
  // Of two that it has written itself, the first.
  expect(ownerOf([said, placeIn(anna.device, 4, claim)], anna.device)).toBe(anna.account)
})

test('I3: of a device that has said nothing yet the oldest certificate counts', async () => {
  const [older, newer] = [await certify(anna, anna.device, 1), await certify(mallory, anna.device, 2)]
  expect(ownerOf([{ statement: newer }, { statement: older }], anna.device)).toBe(anna.account)
})

test('A7: whoever a device belongs to can revoke it, and nobody else', async () => {
  const own = placeIn(anna.device, 0, await certify(anna, anna.device, 1))
  const byMallory = { statement: await revoke(mallory, anna.device, 0) }
  const claim = { statement: await certify(mallory, anna.device, 0) }
  expect(readDeviceAccounts([own, claim, byMallory]).revokedAfter(anna.device.id)).toBeUndefined()
  const byAnna = [7, 5, 6].map(async (accepted) => ({ statement: await revoke(anna, anna.device, accepted) }))
  const revoked = readDeviceAccounts([own, claim, byMallory, ...(await Promise.all(byAnna))])
  expect(revoked.revokedAfter(anna.device.id)).toBe(5)
  expect(revoked.devicesOf(anna.account)).toHaveLength(1)
})

test('G7: the same for every order and however often something is said', async () => {
  const phone = await addDevice(anna, 77)
  const pool: PlacedStatement[] = []
  for (const by of [anna, mallory])
    for (const device of [anna.device, mallory.device, phone.device]) {
      const certificates = [await certify(by, device, 1), await certify(by, device, 2)]
      for (const statement of [...certificates, await revoke(by, device, 3)])
        pool.push(
          { statement },
          placeIn(device, pool.length, statement),
          placeIn(mallory.device, 9, statement),
        )
    }
  const told = (placed: readonly PlacedStatement[]) => {
    const accounts = readDeviceAccounts(placed)
    return [anna.device, mallory.device, phone.device].map(({ id }) => [
      accounts.certificateOf(id),
      accounts.revokedAfter(id),
    ])
  }
  fc.assert(
    fc.property(
      fc.subarray(pool).chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some]))),
      ([some, again]) => {
        expect(told([...again, ...some].reverse())).toEqual(told(some))
      },
    ),
  )
})
