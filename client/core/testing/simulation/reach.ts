import type { Dice } from './dice.ts'
import type { SimulatedDevice, World } from './world.ts'

/** Who can meet whom just now. Devices dial each other by themselves; this is what they find in between. */
export interface Reach {
  block(left: SimulatedDevice, right: SimulatedDevice): void
  allow(left: SimulatedDevice, right: SimulatedDevice): void
  /** Nobody meets anybody of another group. */
  partition(groups: readonly (readonly SimulatedDevice[])[]): void
  allowAll(): void
  /** All who can and are not linked dial, each with so many chances in a hundred. */
  dial(chance: number): void
}

export const createReach = ({ devices, network, running }: World, dice: Dice): Reach => {
  const blocked = new Set<string>()
  const nameOf = (...pair: SimulatedDevice[]): string =>
    pair
      .map((device) => devices.indexOf(device))
      .sort((left, right) => left - right)
      .join(' ')
  const block = (left: SimulatedDevice, right: SimulatedDevice): void => {
    blocked.add(nameOf(left, right))
    network.cut(left.player.device.id, right.player.device.id)
  }
  return {
    block,
    allow: (left, right) => void blocked.delete(nameOf(left, right)),
    partition(groups) {
      for (const [index, group] of groups.entries())
        for (const other of groups.slice(index + 1))
          for (const left of group) for (const right of other) block(left, right)
    },
    allowAll: () => blocked.clear(),
    dial(chance) {
      const up = running()
      for (const [index, left] of up.entries())
        for (const right of up.slice(index + 1)) {
          if (blocked.has(nameOf(left, right))) continue
          const [one, other] = [left.player.device.id, right.player.device.id]
          if (!network.areConnected(one, other) && dice.percent(chance)) network.connect(one, other)
        }
    },
  }
}
