import { hashDeparted, type DepartedHash } from './rekey.ts'

/** What this device knows, and has known, of who has gone from a group. */
export interface KnownDepartures {
  learn(departed: readonly string[]): void
  /** Whether an epoch made by who knew of these departures was made by somebody who knew no more than this device does. */
  isKnown(departed: DepartedHash): Promise<boolean>
}

/** Older epochs know of fewer departures; so few may be missing that all the ways to leave some out can be tried. */
const maxMissing = 2
/** A family has not seen as many go; beyond it fewer ways are tried. */
const maxNames = 64

/** A hash says nothing about what is missing from it, so it is compared with those of what is known and of what was known before. */
export const createKnownDepartures = (): KnownDepartures => {
  let names: readonly string[] = []
  const seen = new Set<DepartedHash>()
  let lesser: Promise<ReadonlySet<DepartedHash>> | undefined
  return {
    learn(departed) {
      // Most of what is learned says nothing new of it, and the hashes are many.
      if (departed.length === names.length && departed.every((name, index) => name === names[index])) return
      names = departed
      lesser = undefined
    },
    async isKnown(departed) {
      const asked = names
      seen.add(await hashDeparted(asked))
      if (seen.has(departed)) return true
      lesser ??= hashLesser(asked)
      const isLesser = (await lesser).has(departed)
      if (isLesser) seen.add(departed)
      return isLesser
    },
  }
}

const hashLesser = async (names: readonly string[]): Promise<ReadonlySet<DepartedHash>> => {
  const without = (lists: readonly (readonly string[])[]): readonly (readonly string[])[] =>
    lists.flatMap((list) => list.map((_name, index) => list.toSpliced(index, 1)))
  let lists: readonly (readonly string[])[] = [names]
  const hashes = new Set<DepartedHash>()
  for (let missing = 1; missing <= (names.length <= maxNames ? maxMissing : 1); missing += 1) {
    lists = without(lists)
    for (const hash of await Promise.all(lists.map(hashDeparted))) hashes.add(hash)
  }
  return hashes
}
