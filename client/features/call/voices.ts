import type { DeviceId } from '../../../shared/identifiers.ts'

/** Who is heard in a call, worked out from how loud everybody is, several times a second. */
export interface Voices {
  /** Devices that are heard now. */
  talking: ReadonlySet<DeviceId>
  /** Who is shown large: who speaks, or spoke last. */
  speaker: DeviceId | undefined
  heardMs: ReadonlyMap<DeviceId, number>
  /** Somebody else who speaks, and since when. */
  next: { device: DeviceId; sinceMs: number } | undefined
}

export const silence: Voices = { talking: new Set(), speaker: undefined, heardMs: new Map(), next: undefined }

/** What is quieter is a room and no voice. Of 0 to 1. */
const voiceLevel = 0.02
/** A ring that goes out between two words is restless. */
const holdMs = 700
/** A cough makes nobody the speaker. */
const takeOverMs = 900

/** @param levels 0 to 1, of those who are not muted */
export const stepVoices = (before: Voices, levels: ReadonlyMap<DeviceId, number>, nowMs: number): Voices => {
  const heardMs = new Map<DeviceId, number>()
  for (const [device, level] of levels) {
    const lastMs = level >= voiceLevel ? nowMs : before.heardMs.get(device)
    if (lastMs !== undefined && nowMs - lastMs < holdMs) heardMs.set(device, lastMs)
  }
  const loudest = [...heardMs.keys()].reduce<DeviceId | undefined>(
    (best, device) =>
      best === undefined || (levels.get(device) ?? 0) > (levels.get(best) ?? 0) ? device : best,
    undefined,
  )
  const isHere = before.speaker !== undefined && levels.has(before.speaker)
  const isSpeakerHeard = before.speaker !== undefined && heardMs.has(before.speaker)
  const talking = isSame(before.talking, heardMs) ? before.talking : new Set(heardMs.keys())
  const common = { talking, heardMs }
  if (loudest === undefined || loudest === before.speaker || isSpeakerHeard)
    return { ...common, speaker: before.speaker, next: undefined }
  const next = before.next?.device === loudest ? before.next : { device: loudest, sinceMs: nowMs }
  const takesOver = !isHere || nowMs - next.sinceMs >= takeOverMs
  return takesOver
    ? { ...common, speaker: loudest, next: undefined }
    : { ...common, speaker: before.speaker, next }
}

const isSame = (set: ReadonlySet<DeviceId>, map: ReadonlyMap<DeviceId, unknown>): boolean =>
  set.size === map.size && [...set].every((device) => map.has(device))
