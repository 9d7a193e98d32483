import { createSeededRandom, type SeededRandom } from '../seeded-random.ts'

/** Chance from a seed, in the ways a schedule asks for it. */
export interface Dice extends SeededRandom {
  /** True in so many of a hundred throws. */
  percent(chance: number): boolean
  /** An integer, both ends among the possible. */
  between(least: number, most: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** Undefined where there is nothing to choose from. */
  pickAny<Item>(items: readonly Item[]): Item | undefined
  /** Some of them, in their order. */
  some<Item>(items: readonly Item[], count: number): Item[]
  /** Other dice, whose throws do not depend on how often these are thrown. */
  fork(name: number): Dice
}

export const createDice = (seed: number): Dice => {
  const random = createSeededRandom(seed)
  const dice: Dice = {
    ...random,
    percent: (chance) => random.below(100) < chance,
    between: (least, most) => least + random.below(most - least + 1),
    pick: (items) => items[random.below(items.length)] ?? items[0],
    pickAny: (items) => items[random.below(Math.max(1, items.length))],
    some(items, count) {
      const left = [...items]
      while (left.length > Math.max(0, count)) left.splice(random.below(left.length), 1)
      return left
    },
    // A large odd number apart, so that neighbouring seeds do not share their forks.
    fork: (name) => createDice(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(name + 1, 0xc2b2ae35)),
  }
  return dice
}
