import * as Y from 'yjs'
import type { Cast } from './cast.ts'
import { noWelcome, type Welcome } from './device.ts'
import { createDice } from './dice.ts'
import type { DiskImage } from './disk.ts'
import { createEvents } from './events.ts'
import type { SimulatedCrypto } from './prompt-crypto.ts'
import { createReach } from './reach.ts'
import { createWorld, type World } from './world.ts'

/** What schedules begin with: made once, by the real core, since it is the same for all. */
export interface Beginning {
  /** From the founder alone to everybody. */
  stages: readonly BeginningStage[]
  /** When the last had moved in. */
  endedAt: number
}

export interface BeginningStage {
  movedIn: number
  images: readonly DiskImage[]
  /** What the next to come are given (A8). */
  welcome: Welcome
}

/** Those who come together, by how many there are then: everybody who comes costs the family an epoch (G4). */
const arrivals = [1, 3, 6, 10] as const

/** Everybody comes to the family and all meet; the first makes a room and says something. */
export const createBeginning = async (cast: Cast, crypto: SimulatedCrypto): Promise<Beginning> => {
  const events = createEvents(crypto)
  const world = createWorld({
    cast,
    events,
    dice: createDice(0),
    images: [],
    welcomeOf: () => stages.at(-1)?.welcome ?? noWelcome,
    skewOf: () => 0,
    lineBetween: () => ({ delayMs: 1, jitterMs: 0, drops: 0, duplicates: 0, reorders: 0 }),
    onDelivery: () => undefined,
    faults: {},
  })
  const reach = createReach(world, world.dice)
  const stages: BeginningStage[] = []
  for (const count of arrivals) {
    const here = world.devices.slice(0, count)
    for (const device of here) device.start()
    await events.advance(500)
    reach.dial(100)
    await events.advance(5_000)
    if (count === 1) await sayWelcome(world)
    await events.advance(65_000)
    stages.push({
      movedIn: count,
      images: here.map(({ disk }) => disk.copy()),
      welcome: await welcomeFrom(world),
    })
  }
  if (world.witness.troubles.length > 0) throw new Error(world.witness.troubles.join('\n'))
  return { stages, endedAt: events.now() }
}

const sayWelcome = async ({ devices, events }: World): Promise<void> => {
  const [founder] = devices
  const created = founder?.hearth?.createRoom('kitchen')
  await events.advance(1_000)
  const kitchen = created && (await created)
  const general = founder?.hearth?.family.general
  if (general) founder.timeline(general)?.send('welcome')
  if (kitchen?.ok) founder?.timeline(kitchen.value)?.send('tea?')
}

const welcomeFrom = async ({ devices }: World): Promise<Welcome> => {
  const family = devices[0]?.hearth?.family
  if (!family) return noWelcome
  return { epochs: await family.keys.secrets(), document: new Uint8Array(Y.encodeStateAsUpdate(family.doc)) }
}
