import { hearSound, makeTone, readLimitations, readPictures, type ReceivedPicture } from './hearing.ts'
import { openBareEnd } from './bare-end.ts'
import type { CallEnd, EndOptions, Way } from './call-end.ts'
import { openMeshCall, type MeshOptions } from './mesh-call.ts'
import { openOurEnd } from './our-end.ts'
import { openPlainEnd } from './plain-end.ts'
import { layTiles, showInTile } from './tiles.ts'
import { voices, type Voice } from './voices.ts'

/** What Node asks of a page of the benches of calls. */
export interface CallsPage {
  /** One end of a call, until everything is ready that may be while it rings. */
  ring(way: Way, options: Omit<EndOptions, 'own'>): Promise<void>
  accept(): Promise<number>
  /** One end of a call that runs, with sound only. */
  speak(way: Way, options: Omit<EndOptions, 'own'>): Promise<void>
  /** When sound that was not there before is heard, milliseconds since the epoch. */
  hear(): Promise<number>
  blackoutEnded(): void
  /**
   * One or several who take part in a call with one camera of 720 lines, for as long as the page. Shows all there is in so many columns;
   * without them nothing.
   */
  meet(people: readonly Omit<MeshOptions, 'own'>[], columns?: number): Promise<void>
  /** What comes from the others, and how much of it has come. */
  pictures(): Promise<ReceivedPicture[]>
  limitations(): Promise<string[]>
  hangUp(): void
}

declare global {
  interface Window {
    calls?: CallsPage
  }
}

const ends = { ours: openOurEnd, peer: openPlainEnd, limit: openBareEnd }
let captured: Promise<MediaStream> | undefined
let tone: MediaStream | undefined
let end: CallEnd | undefined
let voice: Voice | undefined

const capture = (): Promise<MediaStream> =>
  (captured ??= navigator.mediaDevices.getUserMedia({ audio: true, video: true }))

window.calls = {
  async ring(way, options) {
    end = await ends[way]({ ...options, own: await capture() })
    await end.ready
  },
  accept: () => end!.accept(),
  async speak(way, options) {
    tone ??= makeTone()
    voice = await voices[way]({ ...options, own: tone })
  },
  hear: hearSound,
  blackoutEnded: () => voice?.blackoutEnded(),
  async meet(people, columns) {
    if (columns !== undefined) layTiles(columns)
    const video = { width: 1280, height: 720, frameRate: 30 }
    const own = await navigator.mediaDevices.getUserMedia({ audio: true, video })
    const [camera] = own.getVideoTracks()
    if (camera) showInTile(camera)
    await Promise.all(people.map((options) => openMeshCall({ ...options, own })))
  },
  pictures: readPictures,
  limitations: readLimitations,
  hangUp() {
    end?.close()
    voice?.close()
    end = undefined
    voice = undefined
  },
}
