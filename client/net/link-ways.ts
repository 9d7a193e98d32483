import type { DeviceId } from '../../shared/identifiers.ts'
import type { LinkWay } from '../core/doctor.ts'
import { createValue, type Value } from '../core/value.ts'

export interface LinkWays {
  readonly ways: Value<ReadonlyMap<DeviceId, LinkWay>>
  /** Asks every Link anew; the latest question wins. */
  look(): Promise<void>
}

/** By which way each Link goes. `read` gives undefined where the Link is gone meanwhile. */
export const createLinkWays = (
  read: () => readonly { device: DeviceId; way: () => Promise<LinkWay | undefined> }[],
): LinkWays => {
  const ways = createValue<ReadonlyMap<DeviceId, LinkWay>>(new Map())
  let asked = 0

  return {
    ways,
    async look() {
      asked += 1
      const mine = asked
      const found = await Promise.all(
        read().map(async ({ device, way }) => [device, await way().catch(() => undefined)] as const),
      )
      if (mine !== asked) return
      ways.set(new Map(found.flatMap(([device, way]) => (way === undefined ? [] : [[device, way]]))))
    },
  }
}
