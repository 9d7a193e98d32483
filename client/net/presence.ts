import * as v from 'valibot'
import { deviceIdSchema, type DeviceId } from '../../shared/identifiers.ts'
import { familyLimits } from '../../shared/limits.ts'
import type { LogId, Presence } from '../core/ports.ts'

const logIdSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{22}$/),
  v.transform((text) => text as LogId),
)

/** What a device says of itself through y-webrtc's awareness; more than this, from newer versions, is let be. */
const awarenessStateSchema = v.object({
  device: deviceIdSchema,
  typingIn: v.optional(logIdSchema),
  /** The feeds of the devices it has Links to. */
  linkedTo: v.pipe(
    v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    v.maxLength(familyLimits.maxLinkedTo),
  ),
})
export type AwarenessState = v.InferOutput<typeof awarenessStateSchema>

/** The state `device` may show, or undefined for anything else. */
export const parseAwarenessState = (state: unknown, device: DeviceId): AwarenessState | undefined => {
  const parsed = v.safeParse(awarenessStateSchema, state)
  return parsed.success && parsed.output.device === device ? parsed.output : undefined
}

export const presenceOf = ({ typingIn }: AwarenessState): Presence =>
  typingIn === undefined ? {} : { typingIn }
