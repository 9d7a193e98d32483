import { inject, type InjectionKey, type Ref } from 'vue'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Sending } from '../../core/call/words.ts'
import type { Person } from '../../core/hearth.ts'
import type { LineQuality, OwnMedia, RemoteMedia } from '../call-stage.ts'
import type { CallMember } from './call-members.ts'

export interface ShownReaction {
  id: number
  from: DeviceId | 'own'
  emoji: string
}

/** What every picture of a call draws from. */
export interface CallScene {
  me: Readonly<Ref<Person>>
  sending: Readonly<Ref<Sending>>
  members: Readonly<Ref<readonly CallMember[]>>
  own: Readonly<Ref<Readonly<Record<'audio' | 'camera' | 'screen', OwnMedia>>>>
  remote: Readonly<Ref<ReadonlyMap<DeviceId, RemoteMedia>>>
  quality: Readonly<Ref<ReadonlyMap<DeviceId, LineQuality>>>
  talking: Readonly<Ref<ReadonlySet<DeviceId>>>
  isTalkingMyself: Readonly<Ref<boolean>>
  reactions: Readonly<Ref<readonly ShownReaction[]>>
  /** The key of a tile. */
  pinned: Ref<string | undefined>
  /** Shows what there is to know of somebody in the call. */
  look: (device: DeviceId) => void
}

export const callSceneKey: InjectionKey<CallScene> = Symbol('call scene')

export const useCallScene = (): CallScene => {
  const scene = inject(callSceneKey)
  if (!scene) throw new Error('There is no call around this')
  return scene
}
