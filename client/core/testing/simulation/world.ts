import { createPageSync } from '../../sync/page-sync.ts'
import type { DeviceId } from '../../../../shared/identifiers.ts'
import type { RunningHearth } from '../../create-hearth.ts'
import type { Timeline } from '../../hearth.ts'
import type { LinkChannel, LogId } from '../../ports.ts'
import type { Cast, Player } from './cast.ts'
import { createDeviceClock, type DeviceClock } from './device-clock.ts'
import { introduce, startCore, type Welcome } from './device.ts'
import type { Dice } from './dice.ts'
import { createDeviceDisk, emptyImage, type CrashKind, type DeviceDisk, type DiskImage } from './disk.ts'
import type { Events } from './events.ts'
import { createSimulatedNetwork, type JoinedNetwork, type SimulatedNetwork } from './network.ts'
import { createSimulatedStore, type SimulatedStore } from './store.ts'
import type { Line } from './wire.ts'
import { createWitness, type Witness } from './witness.ts'

/** Faults planted on purpose, to see that the simulator finds them. */
export interface Faults {
  /** Disks that a power cut takes strict writes from. */
  forgetsStrict?: boolean
  /** Stores that say they have written before they have. */
  isHasty?: boolean
  /** A network that now and then swallows what is on its way, and keeps the Link. */
  swallows?: boolean
  /** Stores that give the newest row of a timeline twice. */
  doublesRows?: boolean
}

export interface WorldOptions {
  cast: Cast
  events: Events
  dice: Dice
  /** The disks of those who are in the family already; the others are new. */
  images: readonly DiskImage[]
  welcomeOf(player: Player): Welcome
  skewOf(player: Player): number
  lineBetween(left: DeviceId, right: DeviceId): Line
  onDelivery(from: DeviceId, to: DeviceId, channel: LinkChannel, message: Uint8Array<ArrayBuffer>): void
  faults: Faults
}

/** The devices, their disks, clocks and Links. */
export interface World {
  readonly dice: Dice
  readonly events: Events
  readonly network: SimulatedNetwork
  readonly witness: Witness
  readonly devices: readonly SimulatedDevice[]
  /** Devices whose core is up. */
  running(): RunningDevice[]
}

export interface SimulatedDevice {
  readonly name: string
  readonly player: Player
  readonly disk: DeviceDisk
  skewMs: number
  /** Off, starting, up, or closing. */
  readonly status: 'off' | 'starting' | 'up' | 'closing'
  readonly hearth: RunningHearth | undefined
  start(): void
  crash(kind: CrashKind): void
  /** The tab is closed, and what it was about is done. */
  quit(): void
  /** Opens a room, which then stays on the screen. */
  timeline(room: LogId): Timeline | undefined
  /** What is on the screen. */
  openTimelines(): Iterable<Timeline>
}
export type RunningDevice = SimulatedDevice & { readonly hearth: RunningHearth }

interface Life {
  clock: DeviceClock
  store: SimulatedStore
  hearth?: RunningHearth
  network?: JoinedNetwork
  timelines: Map<LogId, Timeline>
  isClosing: boolean
}

export const createWorld = (options: WorldOptions): World => {
  const { cast, events, dice } = options
  const disks = new Map<DeviceId, DeviceDisk>()
  const witness = createWitness((device) => disks.get(device))
  const { lineBetween, onDelivery } = options
  const swallows = options.faults.swallows ?? false
  const network = createSimulatedNetwork({ events, dice: dice.fork(1), lineBetween, onDelivery, swallows })
  const devices = cast.players.map((player, index) => {
    const disk = createDeviceDisk(options.images[index] ?? emptyImage, {
      dice: dice.fork(100 + index),
      now: () => events.now(),
      onWrite: (write) => witness.onWrite(player.device.id, write),
      faults: options.faults,
    })
    disks.set(player.device.id, disk)
    return createSimulatedDevice(player, disk, { ...options, dice: dice.fork(200 + index), network, witness })
  })
  const isUp = (device: SimulatedDevice): device is RunningDevice =>
    device.status === 'up' && device.hearth !== undefined
  return { dice, events, network, witness, devices, running: () => devices.filter(isUp) }
}

type DeviceOptions = WorldOptions & Pick<World, 'network' | 'witness'>

const createSimulatedDevice = (
  player: Player,
  disk: DeviceDisk,
  { cast, events, dice, network, witness, skewOf, welcomeOf, faults }: DeviceOptions,
): SimulatedDevice => {
  let life: Life | undefined
  const onTrouble = (what: string): void => witness.trouble(`${player.name}: ${what}`)

  /** A life that has ended in between goes no further. */
  const live = async (mine: Life): Promise<void> => {
    const hearth = await startCore({
      cast,
      player,
      welcome: welcomeOf(player),
      store: mine.store,
      documentStore: disk.document.open(),
      clock: mine.clock,
      randomSeed: dice.below(2 ** 31),
      onTrouble,
      isExpected: (refused) => witness.partings.explain(refused),
    })
    if (life !== mine) return
    await introduce(hearth, player)
    if (life !== mine) return
    const joined = network.join({
      device: player.device,
      family: hearth.family,
      onTrouble,
      mayBeOut: witness.partings.mayBeOut,
    })
    hearth.attach(joined, createPageSync)
    mine.network = joined
    mine.hearth = hearth
  }

  const watched = (store: SimulatedStore): SimulatedStore => ({
    ...store,
    saveHolder(holding) {
      witness.onHolder(player.device, holding)
      return store.saveHolder(holding)
    },
  })

  const end = (): void => {
    life = undefined
  }

  const device: SimulatedDevice = {
    name: player.name,
    player,
    disk,
    skewMs: skewOf(player),
    get status() {
      if (!life) return 'off'
      return life.isClosing ? 'closing' : life.hearth ? 'up' : 'starting'
    },
    get hearth() {
      return life?.hearth
    },
    start() {
      if (life) return
      const store = createSimulatedStore({ disk, events, dice, faults })
      const clock = createDeviceClock(events, () => device.skewMs)
      life = { clock, store: watched(store), timelines: new Map(), isClosing: false }
      live(life).catch((error: unknown) => onTrouble(`did not start: ${String(error)}`))
    },
    crash(kind) {
      if (!life) return
      life.clock.stop()
      life.store.kill()
      life.network?.vanish()
      disk.crash(kind)
      end()
    },
    quit() {
      const mine = life
      if (!mine?.hearth || mine.isClosing) return
      mine.isClosing = true
      void mine.hearth.close().then(() => {
        if (life !== mine) return
        mine.clock.stop()
        end()
      })
    },
    openTimelines: () => life?.timelines.values() ?? [],
    timeline(room) {
      if (!life?.hearth || life.isClosing) return undefined
      const before = life.timelines.get(room)
      if (before) return before
      const timeline = life.hearth.openTimeline(room)
      life.timelines.set(room, timeline)
      timeline.view.subscribe(({ items }) => {
        for (const item of items)
          if (item.type === 'message' && item.delivery) witness.see(item.text, item.delivery)
      })
      return timeline
    },
  }
  return device
}
