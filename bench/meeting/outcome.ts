import { createResult, type BenchMeasures, type BenchResult } from '../bench-result.ts'

/** How one device got from another what it did not have. Milliseconds count from the opening of the first data channel between them. */
export interface Outcome {
  ms: number
  /** Until the newest messages were painted. */
  firstScreenMs: number
  /** All that crossed the channels, both ways. */
  bytes: number
}

const peerFailed = 'all that is missing is one message of y-webrtc’s, which is too large for a browser'

/** A result in which the plain way may have failed: then its figure is NaN, and told. */
export const besidePlain = (
  measures: Omit<BenchMeasures, 'peer'>,
  peer: number | undefined,
  aim: { toLimit: number },
): BenchResult => ({
  ...createResult({ ...measures, peer: peer ?? NaN }, aim),
  ...(peer === undefined && { peerFailed }),
})
