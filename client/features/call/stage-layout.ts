import type { DeviceId } from '../../../shared/identifiers.ts'

/** One picture on the stage of a call. */
export type StageTile =
  | { key: 'own'; type: 'own' }
  | { key: string; type: 'person'; device: DeviceId }
  | { key: string; type: 'screen'; device: DeviceId }

export interface StageOptions {
  /** The other devices, in the order in which they came. */
  others: readonly { device: DeviceId; hasScreen: boolean }[]
  mode: 'grid' | 'speaker'
  /** The key of the tile that is to be large whatever happens. */
  pinned: string | undefined
  /** Who speaks, or spoke last. */
  speaker: DeviceId | undefined
}

export interface StageLayout {
  /** Shown large: one, or a grid. */
  main: readonly StageTile[]
  /** Shown small beside it. */
  strip: readonly StageTile[]
  /** The own view lies over the others, and can be moved. */
  floatsOwn: boolean
}

/** As many as a grid shows (ux 29). */
export const maxGridTiles = 9

const ownTile: StageTile = { key: 'own', type: 'own' }

/** Which pictures are large and which small. What is pinned comes first, then a shared screen, then who speaks. Pure. */
export const layOutStage = ({ others, mode, pinned, speaker }: StageOptions): StageLayout => {
  const screens = others
    .filter(({ hasScreen }) => hasScreen)
    .map(({ device }): StageTile => ({ key: `screen ${device}`, type: 'screen', device }))
  const people = others.map(({ device }): StageTile => ({ key: device, type: 'person', device }))
  const all = [...screens, ...people, ownTile]
  const [only] = people
  if (only === undefined) return { main: [ownTile], strip: [], floatsOwn: false }

  const large = all.find(({ key }) => key === pinned) ?? screens[0]
  if (large === undefined && mode === 'grid') {
    if (people.length === 1) return { main: people, strip: [], floatsOwn: true }
    return { main: [...people, ownTile].slice(0, maxGridTiles), strip: [], floatsOwn: false }
  }
  const main = large ?? people.find(({ key }) => key === speaker) ?? only
  const rest = all.filter(({ key }) => key !== main.key)
  const floatsOwn = main.type !== 'own'
  return { main: [main], strip: floatsOwn ? rest.filter(({ type }) => type !== 'own') : rest, floatsOwn }
}
