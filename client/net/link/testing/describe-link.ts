import { describe, test } from 'vitest'
import { linkCases, type Assert, type LinkPair } from './link-contract.ts'

export interface PairUnderTest extends LinkPair {
  /** Waits for the case; over memory it lets the clock run meanwhile. */
  finish(running: Promise<void>): Promise<void>
}

const assert: Assert = (claim, words) => {
  if (!claim) throw new Error(`not so: ${words}`)
}

/** The contract of `link-contract.ts` as vitest's tests. */
export const describeLink = (name: string, makePair: () => Promise<PairUnderTest>): void => {
  describe(`a Link over ${name}`, () => {
    for (const { title, run } of linkCases) {
      test(title, async () => {
        const pair = await makePair()
        await pair.finish(run(pair, assert))
        pair.left.close({ type: 'closedHere', why: 'the test is over' })
      })
    }
  })
}
