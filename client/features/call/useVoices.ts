import { onScopeDispose, shallowReadonly, shallowRef, watch } from 'vue'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { CallStage } from '../call-stage.ts'
import type { CallMember } from './call-members.ts'
import { silence, stepVoices } from './voices.ts'

/** Ten times a second: quick enough to follow a voice, cheap enough for a phone. */
const everyMs = 100

/** Who speaks, measured only while it is drawn. */
export const useVoices = (options: {
  stage: Pick<CallStage, 'levelOf'>
  members: () => readonly CallMember[]
  isDrawn: () => boolean
}) => {
  let voices = silence
  let timer: ReturnType<typeof setInterval> | undefined
  const talking = shallowRef(silence.talking)
  const speaker = shallowRef<DeviceId>()

  const listen = () => {
    const levels = new Map(
      options
        .members()
        .filter(({ sending }) => sending.audio === 'on')
        .map(({ device }) => [device, options.stage.levelOf(device) ?? 0]),
    )
    voices = stepVoices(voices, levels, performance.now())
    talking.value = voices.talking
    speaker.value = voices.speaker
  }
  watch(
    options.isDrawn,
    (isDrawn) => {
      clearInterval(timer)
      if (isDrawn) timer = setInterval(listen, everyMs)
      else talking.value = silence.talking
    },
    { immediate: true },
  )
  onScopeDispose(() => clearInterval(timer))
  return { talking: shallowReadonly(talking), speaker: shallowReadonly(speaker) }
}
