import type { InjectionKey } from 'vue'
import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Tiles } from '../../core/call/words.ts'

export type PictureKind = keyof Tiles

/** Tells how large each picture is shown, so that senders send no more (C4). */
export interface ShownSizes {
  /** `place` is one spot on the screen: a picture may be shown in two at once. 0 lines where it is not to be seen. */
  tell(place: object, shown: { device: DeviceId; kind: PictureKind; lines: number }): void
  forget(place: object): void
}

export const shownSizesKey: InjectionKey<ShownSizes> = Symbol('shown sizes')

/** Dragging a window's edge is one message, not a hundred. */
const settleMs = 250

/** @param later runs something after so many milliseconds; gives what stops it */
export const createShownSizes = (
  show: (device: DeviceId, tiles: Tiles) => void,
  later: (run: () => void, afterMs: number) => () => void,
): ShownSizes & { close(): void } => {
  const places = new Map<object, { device: DeviceId; kind: PictureKind; lines: number }>()
  const told = new Map<DeviceId, Tiles>()
  let stop: (() => void) | undefined

  const publish = () => {
    stop = undefined
    const now = new Map<DeviceId, Tiles>([...told.keys()].map((device) => [device, { camera: 0, screen: 0 }]))
    for (const { device, kind, lines } of places.values()) {
      const tiles = now.get(device) ?? { camera: 0, screen: 0 }
      now.set(device, { ...tiles, [kind]: Math.max(tiles[kind], lines) })
    }
    for (const [device, tiles] of now) {
      const before = told.get(device)
      if (before?.camera === tiles.camera && before.screen === tiles.screen) continue
      told.set(device, tiles)
      show(device, tiles)
    }
  }
  const soon = (afterMs: number) => {
    stop ??= later(publish, afterMs)
  }

  return {
    tell(place, shown) {
      const before = places.get(place)
      const isSame =
        before?.device === shown.device && before.kind === shown.kind && before.lines === shown.lines
      if (isSame) return
      places.set(place, shown)
      // What has come into sight is wanted at once.
      soon(before === undefined || before.lines === 0 ? 0 : settleMs)
    },
    forget(place) {
      if (places.delete(place)) soon(settleMs)
    },
    close: () => stop?.(),
  }
}
