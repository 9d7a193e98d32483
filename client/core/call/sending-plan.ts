import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Tiles } from './words.ts'

/** How one picture goes to one receiver; the fields are those of WebRTC's encodings. */
export interface PictureLimit {
  maxBitrateBps: number
  /** At least 1. */
  scaleResolutionDownBy: number
  maxFramerate: number
}

export interface ReceiverPlan {
  /** Never 0: sound is never given up (C4). */
  audioBps: number
  camera: PictureLimit | 'off'
  screen: PictureLimit | 'off'
}

/** What goes to whom. Also what the next plan begins with, so that it does not flap. */
export interface SendingPlan {
  to: ReadonlyMap<DeviceId, ReceiverPlan>
  /** The uplink that it reckons with. */
  uplinkBps: number
  /** How far the pictures on a lossy link are held back: none, one or two steps. */
  care: ReadonlyMap<DeviceId, number>
}

export interface PlanReceiver {
  device: DeviceId
  /** Undefined until it has said so: small pictures then. 0 where it does not show that picture. */
  tiles: Tiles | undefined
  lossPerMille: number
  rttMs: number
}

export interface PlanWish {
  receivers: readonly PlanReceiver[]
  uplinkBps: number
  /** What the machine can do: `limited` where encoding is slower than it should be. */
  cpu: 'fine' | 'limited'
  /** Lines that the camera gives; undefined while it is off. */
  cameraHeight: number | undefined
  screenHeight: number | undefined
}

interface Level {
  height: number
  bps: number
  /** Frames a second at most: to one alone, and to each of several. */
  framerate: number
  framerateAmongSeveral: number
}

const audioMinBps = 8_000
const audioMaxBps = 32_000
/**
 * Close enough to one another that a tile gets about its own lines. In a mesh a picture is encoded for everybody anew, so in the small
 * tiles of several people it moves more slowly: a little over 15 frames a second, since a browser leaves out one now and then. Whoever
 * is shown large is sent every frame.
 */
const cameraLevels: readonly Level[] = [
  { height: 90, bps: 80_000, framerate: 16, framerateAmongSeveral: 16 },
  { height: 180, bps: 180_000, framerate: 20, framerateAmongSeveral: 16 },
  { height: 240, bps: 300_000, framerate: 30, framerateAmongSeveral: 16 },
  { height: 360, bps: 600_000, framerate: 30, framerateAmongSeveral: 16 },
  { height: 540, bps: 1_200_000, framerate: 30, framerateAmongSeveral: 20 },
  { height: 720, bps: 1_800_000, framerate: 30, framerateAmongSeveral: 30 },
]
/** A screen is read: lines first, movement last. */
const screenLevels: readonly Level[] = [
  { height: 360, bps: 150_000, framerate: 5, framerateAmongSeveral: 5 },
  { height: 720, bps: 600_000, framerate: 10, framerateAmongSeveral: 10 },
  { height: 1_080, bps: 1_800_000, framerate: 15, framerateAmongSeveral: 15 },
]
/** How many levels a step back is: about half the lines. */
const cameraStep = 2
const screenStep = 1
/** From this share of a tile's lines on nobody sees that there are fewer. */
const enoughShare = 0.9
/** A level is worth showing from this share of its bitrate on. */
const leastShare = 0.5
/** A machine at its limit sends no picture above this. */
const limitedHeight = 360
const unknownTiles: Tiles = { camera: 180, screen: 720 }
/** The uplink must have grown by this much to be believed: estimates waver. */
const growth = 1.15
/** Of what a receiver gets, for the screen where both want it. */
const screenShare = 0.75
const noCare = 0
const mostCare = 2

/**
 * C4: what this device sends to whom. Sound comes first. What is left of the uplink is shared evenly, and what one receiver has no use for
 * goes to the others; nobody is sent more than their tile shows. Pure: the same plan for the same wish and plan before. The sum stays within
 * the uplink, but for the least sound there is.
 */
export const planSending = (wish: PlanWish, before?: SendingPlan): SendingPlan => {
  const { receivers } = wish
  const uplinkBps = steadyUplink(Math.max(0, wish.uplinkBps), before?.uplinkBps)
  const care = new Map(receivers.map((one) => [one.device, careOf(one, before?.care.get(one.device))]))
  const audioBps = Math.floor(
    Math.min(audioMaxBps, Math.max(audioMinBps, uplinkBps / Math.max(receivers.length, 1))),
  )
  const wants = receivers.map((one) => wantsOf(one, wish, care.get(one.device) ?? noCare))
  const left = Math.max(0, uplinkBps - audioBps * receivers.length)
  const cap = evenCap(
    wants.map(({ camera, screen }) => bpsOf(camera) + bpsOf(screen)),
    left,
  )
  const isAlone = receivers.length === 1
  const plans = receivers.map(({ device }, index): [DeviceId, ReceiverPlan] => {
    const { camera, screen } = wants[index] ?? { camera: undefined, screen: undefined }
    const granted = Math.min(cap, bpsOf(camera) + bpsOf(screen))
    const forScreen = Math.min(bpsOf(screen), Math.max(granted * screenShare, granted - bpsOf(camera)))
    const forCamera = Math.min(bpsOf(camera), granted - forScreen)
    return [
      device,
      {
        audioBps,
        camera: limitOf(cameraLevels, camera, forCamera, wish.cameraHeight, isAlone),
        screen: limitOf(screenLevels, screen, forScreen, wish.screenHeight, isAlone),
      },
    ]
  })
  return { to: new Map(plans), uplinkBps, care }
}

/** Down at once, up only when it is clear. */
const steadyUplink = (estimate: number, before: number | undefined): number =>
  before !== undefined && estimate >= before && estimate < before * growth ? before : estimate

const careOf = ({ lossPerMille, rttMs }: PlanReceiver, before: number | undefined): number => {
  const worse = stepsBack(lossPerMille, rttMs, 1)
  // Better only when it would be so with worse numbers as well.
  return before === undefined || worse >= before
    ? worse
    : Math.min(before, stepsBack(lossPerMille, rttMs, 1.5))
}

const stepsBack = (lossPerMille: number, rttMs: number, factor: number): number => {
  if (lossPerMille * factor >= 200) return mostCare
  return lossPerMille * factor >= 80 || rttMs * factor >= 800 ? 1 : noCare
}

const bpsOf = (level: Level | undefined): number => level?.bps ?? 0

const wantsOf = (
  { tiles = unknownTiles }: PlanReceiver,
  { cpu, cameraHeight, screenHeight }: PlanWish,
  care: number,
): { camera: Level | undefined; screen: Level | undefined } => {
  const most = cpu === 'limited' ? limitedHeight : Infinity
  return {
    camera: levelFor(cameraLevels, tiles.camera, Math.min(cameraHeight ?? 0, most), care * cameraStep),
    screen: levelFor(screenLevels, tiles.screen, screenHeight ?? 0, care * screenStep),
  }
}

/** The lowest level that about fills the tile, or gives all that there is; undefined where nothing is to be shown. */
const levelFor = (
  levels: readonly Level[],
  tileHeight: number,
  givenHeight: number,
  levelsBack: number,
): Level | undefined => {
  if (tileHeight <= 0 || givenHeight <= 0) return undefined
  const needed = Math.min(tileHeight, givenHeight)
  const index = levels.findIndex(({ height }) => height >= needed * enoughShare)
  return levels[Math.max(0, (index === -1 ? levels.length - 1 : index) - levelsBack)]
}

/** How much each may get at most, so that all together get no more than there is (max-min fairness). */
const evenCap = (wants: readonly number[], available: number): number => {
  let left = available
  let waiting = wants.length
  for (const want of wants.toSorted((one, other) => one - other)) {
    if (want * waiting >= left) return left / waiting
    left -= want
    waiting -= 1
  }
  return Infinity
}

const limitOf = (
  levels: readonly Level[],
  wanted: Level | undefined,
  bps: number,
  givenHeight: number | undefined,
  isAlone: boolean,
): PictureLimit | 'off' => {
  if (!wanted) return 'off'
  const level = levels.findLast((one) => one.height <= wanted.height && one.bps * leastShare <= bps)
  if (!level) return 'off'
  return {
    maxBitrateBps: Math.floor(bps),
    scaleResolutionDownBy: Math.max(1, (givenHeight ?? 0) / level.height),
    maxFramerate: isAlone ? level.framerate : level.framerateAmongSeveral,
  }
}
