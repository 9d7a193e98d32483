import type { AccountId } from '../../../shared/identifiers.ts'
import type { PagePosition } from '../ports.ts'
import { compareTimes } from '../log/hybrid-clock.ts'
import type { EntryTime } from '../log/entry.ts'
import { buildSegment } from './build-segment.ts'
import { nameOfPosition, type Saying } from './saying.ts'
import { parseSegment, type Segment } from './segment.ts'

/** What somebody says that a message should say from now on. */
export interface SaidEdit {
  target: PagePosition
  place: PagePosition
  account: AccountId
  time: EntryTime
  text: string
}

/** Messages of a page that are in no packed index yet. The same may come again, and an edit before what it changes. */
export interface FreshPage {
  add(part: { sayings: readonly Saying[]; edits: readonly SaidEdit[] }): void
  /** As they read now. */
  sayings(): Saying[]
  textAt(position: PagePosition): string | undefined
  /** Made when it is asked for, where anything has come since. */
  segment(): Segment | undefined
  clear(): void
}

const nothingCovered = new Map<number, number>()

export const createFreshPage = (): FreshPage => {
  const said = new Map<string, Saying>()
  const edits = new Map<string, SaidEdit[]>()
  let segment: Segment | undefined

  /** The later word goes over the earlier one, and only its author's counts (`foldAbout`, `showMessage`). */
  const asItReads = (saying: Saying): Saying => {
    if (saying.isFixed) return saying
    const own = edits.get(nameOfPosition(saying))?.filter(({ account }) => account === saying.author) ?? []
    const last = own.sort(compareEdits).at(-1)
    return last ? { ...saying, text: last.text } : saying
  }

  return {
    add(part) {
      segment = undefined
      for (const saying of part.sayings) said.set(nameOfPosition(saying), saying)
      for (const edit of part.edits) {
        const name = nameOfPosition(edit.target)
        const known = edits.get(name) ?? []
        edits.set(name, known)
        if (!known.some(({ place }) => nameOfPosition(place) === nameOfPosition(edit.place))) known.push(edit)
      }
    },
    sayings: () => [...said.values()].map(asItReads),
    textAt(position) {
      const saying = said.get(nameOfPosition(position))
      return saying && asItReads(saying).text
    },
    segment() {
      if (said.size === 0) return undefined
      segment ??= parseSegment(buildSegment([...said.values()].map(asItReads), nothingCovered))
      return segment
    },
    clear() {
      segment = undefined
      said.clear()
      edits.clear()
    },
  }
}

const compareEdits = (left: SaidEdit, right: SaidEdit): number =>
  compareTimes(left.time, right.time) ||
  left.place.feed - right.place.feed ||
  left.place.seq - right.place.seq
