import fc from 'fast-check'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { PlacedStatement } from '../group/said.ts'
import type { LogCut, Statement } from '../group/statements.ts'
import type { LogId } from '../ports.ts'
import { firstFreeSeq, type Cast } from './histories.ts'
import { placeIn, say, type Relative } from './relatives.ts'

export const cutRoom = 'BBBBBBBBBBBBBBBBBBBBBA' as LogId
/** Lengths that somebody may name. */
const lengths = [0, 3, 7]

const logsOf = (length: number): LogCut[] =>
  length === 0 ? [] : [{ log: cutRoom, pages: [{ page: 0, length }] }]

/** Whatever everybody in the cast may say of what counts of everybody’s devices, signed once. */
export type CutSayings = ReadonlyMap<Relative, readonly Statement[]>

export const createCutSayings = async (cast: Cast): Promise<CutSayings> => {
  const people = [cast.owner, cast.aunt, cast.brother, cast.member, cast.cousin, cast.stranger]
  const sayings = new Map<Relative, Statement[]>()
  for (const by of people) {
    const said: Statement[] = []
    for (const { device } of people)
      for (const length of lengths)
        said.push(
          await say(cast.genesis, by.device, {
            type: 'cut',
            device: device.id,
            logs: logsOf(length),
            ms: 4_000,
          }),
        )
    sayings.set(by, said)
  }
  return sayings
}

/** Some of it, in their own feeds from `from` on, or nowhere. */
export const someCuts = (
  sayings: CutSayings,
  speakers: readonly Relative[],
  { of, from = firstFreeSeq }: { of?: readonly DeviceId[]; from?: number } = {},
): fc.Arbitrary<PlacedStatement[]> => {
  const one = fc.constantFrom(...speakers).chain((by) => {
    const said = (sayings.get(by) ?? []).filter(
      (statement) => !of || (statement.type === 'cut' && of.includes(statement.device)),
    )
    const place = fc.option(fc.integer({ min: from, max: from + 20 }), { nil: undefined })
    return fc
      .tuple(fc.constantFrom(...said), place)
      .map(([statement, seq]) => (seq === undefined ? { statement } : placeIn(by.device, seq, statement)))
  })
  return fc.array(one, { maxLength: 8 })
}
