import type { SendingPlan } from './sending-plan.ts'

/** How large the camera's picture is taken: as given, or half as wide and half as high, a quarter of the work. */
export type CameraSize = 'full' | 'half'

export interface CameraSizing {
  size: CameraSize
  /** Plans in a row for which half would have been enough. */
  enoughFor: number
}

export const beginCameraSizing: CameraSizing = { size: 'full', enoughFor: 0 }

/** A plan is made every two seconds, and a camera may blink when it changes: nobody who only looks around makes it do so. */
const plansBeforeHalf = 4
/** One's own picture is on the screen too, about as large as the others': below this half looks poor. */
const leastHalfLines = 360

/** The most lines that anybody is sent; 0 where nobody is sent a picture. `fullLines` is what the plan was made for. */
export const linesNeeded = ({ to }: SendingPlan, fullLines: number): number =>
  Math.max(
    0,
    ...[...to.values()].map(({ camera }) =>
      camera === 'off' ? 0 : fullLines / camera.scaleResolutionDownBy,
    ),
  )

/**
 * C4: where everybody shows a small picture, the camera gives a small one, so that no large one is captured, painted and scaled once for
 * each of them. Full again at once when anybody needs it.
 */
export const stepCameraSizing = (
  before: CameraSizing,
  plan: SendingPlan,
  fullLines: number,
): CameraSizing => {
  const half = fullLines / 2
  const needed = linesNeeded(plan, fullLines)
  if (half < leastHalfLines || needed > half || needed === 0) return beginCameraSizing
  const enoughFor = Math.min(plansBeforeHalf, before.enoughFor + 1)
  return { size: enoughFor === plansBeforeHalf ? 'half' : before.size, enoughFor }
}
