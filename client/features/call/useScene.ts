import { computed, onScopeDispose, provide, shallowRef, watch } from 'vue'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Person } from '../../core/hearth.ts'
import type { CallDesk } from '../call-stage.ts'
import { useDocumentVisible } from '../../ui/useDocumentVisible.ts'
import { useValue } from '../../ui/useValue.ts'
import { membersOf, type OwnCallView } from './call-members.ts'
import { callSceneKey } from './call-scene.ts'
import { comingsAndGoings } from './call-words.ts'
import { layOutStage } from './stage-layout.ts'
import { useReactions } from './useReactions.ts'
import { provideShownSizes } from './useShownSize.ts'
import { useVoices } from './useVoices.ts'

/** Everything that is drawn of the call one is in, given to the pictures below. */
export const useScene = (options: {
  desk: CallDesk
  view: () => OwnCallView
  people: () => readonly Person[]
  me: () => Person
  /** Somewhere a person sees it, this document hidden or not. */
  isSeenElsewhere: () => boolean
}) => {
  const { calls, stage } = options.desk
  const members = computed(() => membersOf(options.view().participants, options.people()))
  const sending = computed(() => options.view().sending)
  const own = useValue(stage.own)
  const isSpeaking = useValue(stage.isSpeaking)
  const mode = shallowRef<'grid' | 'speaker'>('grid')
  const pinned = shallowRef<string>()
  const looksAt = shallowRef<DeviceId>()
  const isVisible = useDocumentVisible()
  const { talking, speaker } = useVoices({
    stage,
    members: () => members.value,
    isDrawn: () => isVisible.value || options.isSeenElsewhere(),
  })
  const { reactions, react } = useReactions(calls)
  provideShownSizes((device, tiles) => calls.show(device, tiles))

  const layout = computed(() =>
    layOutStage({
      others: members.value.map(({ device, sending: sends }) => ({ device, hasScreen: sends.screen })),
      mode: mode.value,
      pinned: pinned.value,
      speaker: speaker.value,
    }),
  )

  /** What a screen reader is told of who came and went (ux 36); whoever is there when it begins is no news. */
  const news = shallowRef('')
  let seen = members.value.map(({ name }) => name)
  onScopeDispose(
    watch(members, (now) => {
      const names = now.map(({ name }) => name)
      const words = comingsAndGoings(seen, names)
      seen = names
      if (words !== '') news.value = words
    }),
  )

  const remote = useValue(stage.remote)
  /** Of whoever is large, for a window that holds one picture. */
  const largeTrack = computed(() => {
    const tiles = layout.value.main.flatMap((tile) => {
      const media = tile.type === 'own' ? undefined : remote.value.get(tile.device)
      return (tile.type === 'screen' ? media?.screen : media?.camera) ?? []
    })
    return tiles[0]
  })

  provide(callSceneKey, {
    me: computed(options.me),
    sending,
    members,
    own,
    remote,
    quality: useValue(stage.quality),
    talking,
    isTalkingMyself: isSpeaking,
    reactions,
    pinned,
    look: (device) => (looksAt.value = device),
  })

  /** The other side of a phone. */
  const flip = () => {
    const { camera } = stage.own.get()
    const isFront = camera.status === 'live' && camera.track.getSettings().facingMode !== 'environment'
    stage.wish({ camera: { facing: isFront ? 'environment' : 'user' } })
  }

  return {
    largeTrack,
    flip,
    members,
    sending,
    own,
    isSpeaking,
    mode,
    pinned,
    looksAt,
    speaker,
    layout,
    react,
    news,
  }
}
