import type { Bytes } from '../../../../shared/crypto/bytes.ts'
import type { AccountId } from '../../../../shared/identifiers.ts'
import type { Genesis } from '../../group/genesis.ts'
import type { AccountKeys } from '../../identity/account-keys.ts'
import type { Device } from '../../identity/device.ts'
import { addDevice, createRelative, foundFamily, inviteRelative } from '../relatives.ts'

/** Five people with two devices each, the same in every schedule. */
export interface Cast {
  genesis: Genesis
  /** In the order in which they came to the family: everybody's first device, then their second. */
  players: readonly Player[]
}

/** A device and what it knows of its family before it meets anybody. */
export interface Player {
  /** "Anna's phone". */
  name: string
  person: string
  /** Came with this device, and says on it what they are called. */
  isFirst: boolean
  account: AccountId
  /** Of the account: what removes one of its devices is signed with them. */
  keys: AccountKeys
  device: Device
  certificate: Bytes
  known: readonly Bytes[]
}

const people = ['Anna', 'Bob', 'Carla', 'Dora', 'Emil']

export const createCast = async (): Promise<Cast> => {
  const relatives = await Promise.all(people.map((_, index) => createRelative(index + 1)))
  const [owner] = relatives
  if (!owner) throw new Error('nobody there')
  const genesis = await foundFamily(owner)
  const phones: Player[] = []
  const laptops: Player[] = []
  for (const [index, relative] of relatives.entries()) {
    const seed = index + 1
    const invited = relative === owner ? undefined : await inviteRelative(genesis, owner, relative, { seed })
    const person = people[index] ?? ''
    const common = {
      person,
      account: relative.account,
      keys: relative.keys,
      known: invited?.statements ?? [],
    }
    const { device, certificate } = relative
    phones.push({ ...common, isFirst: true, name: `${person}'s phone`, device, certificate })
    const second = await addDevice(relative, 100 + seed, 2)
    laptops.push({ ...common, isFirst: false, name: `${person}'s laptop`, ...second })
  }
  return { genesis, players: [...phones, ...laptops] }
}
