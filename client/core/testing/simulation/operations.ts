import { giveName } from './device.ts'
import { whoMayNotRead } from './partings.ts'
import type { Reach } from './reach.ts'
import type { RunningDevice, SimulatedDevice, World } from './world.ts'

/** What may happen in a schedule. To add something, add a row to the table at the end. */
export interface Operation {
  name: string
  /** How often it is drawn, against the others. */
  weight: number
  /** Says what it did, or undefined where there was nothing to do. It must not wait: time passes between operations. */
  run(stage: Stage): string | undefined
}

export interface Stage {
  world: World
  reach: Reach
  /** Who takes part for now; the others stay off until all is healed. */
  cast: readonly SimulatedDevice[]
  /** By how much a clock may be wrong. */
  clockErrors: readonly number[]
  /** A name that was never given before. */
  fresh(kind: string): string
}

export const anyRunning = ({ world, cast }: Stage): RunningDevice | undefined =>
  world.dice.pickAny(world.running().filter((device) => cast.includes(device)))
const anyOff = ({ world, cast }: Stage): SimulatedDevice | undefined =>
  world.dice.pickAny(cast.filter((device) => device.status === 'off'))
const anyPair = ({ world, cast }: Stage): [SimulatedDevice, SimulatedDevice] | undefined => {
  const [left, right] = world.dice.some(cast, 2)
  return left && right && [left, right]
}
export const anyRoom = ({ world }: Stage, { hearth }: RunningDevice) => world.dice.pickAny(hearth.rooms.get())

/** How long a message is: mostly a line, sometimes a page. */
const filling = ({ world }: Stage): string =>
  world.dice.percent(5) ? ' and so on'.repeat(world.dice.below(300)) : ''

const say = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  const room = device && anyRoom(stage, device)
  if (!device || !room) return undefined
  const count = stage.world.dice.pick([1, 1, 1, 2, 3])
  for (let said = 0; said < count; said++) {
    const text = `${stage.fresh(device.name)}${filling(stage)}`
    stage.world.witness.say(text, {
      by: device.name,
      device: device.player.device.id,
      account: device.player.account,
      room: room.id,
    })
    stage.world.witness.partings.note(text, whoMayNotRead(device, room, stage.world.witness.partings))
    device.timeline(room.id)?.send(text)
  }
  return `${device.name} says ${count} in ${room.name}`
}

/** What the disk has taken must stay: promised once the write has come back. */
export const promiseControl = ({ world }: Stage, device: RunningDevice): void => {
  const { genesis } = device.hearth.family
  const { feed } = device.player.device
  world.witness.promise(feed, device.disk.held(genesis.group, 0, feed).now)
}

const createRoom = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  if (!device) return undefined
  // Now and then a name that others take at the same time (G8).
  const name = stage.world.dice.percent(30) ? 'garden' : stage.fresh('room')
  void device.hearth.createRoom(name).then((created) => {
    if (created.ok) promiseControl(stage, device)
  })
  return `${device.name} makes the room ${name}`
}

const comeOrGo =
  (way: 'joinRoom' | 'leaveRoom') =>
  (stage: Stage): string | undefined => {
    const device = anyRunning(stage)
    const room = device && anyRoom(stage, device)
    if (!device || !room || room.isGeneral || room.kind !== 'open') return undefined
    void device.hearth[way](room.id).then((written) => {
      if (written.ok) promiseControl(stage, device)
    })
    return `${device.name}: ${way} ${room.name}`
  }

const changeProfile = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  if (!device) return undefined
  const { person } = device.player
  // Sometimes the name of somebody else, which is told apart (G8).
  const name = stage.world.dice.percent(20) ? 'Anna' : person
  void giveName(device.hearth, name, stage.fresh('status')).then((isWritten) => {
    if (isWritten) promiseControl(stage, device)
  })
  return `${device.name} calls ${person} ${name}`
}

const openRoom = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  const room = device && anyRoom(stage, device)
  if (!device || !room) return undefined
  device.timeline(room.id)
  return `${device.name} looks into ${room.name}`
}

/** A reaction, another, or none any more; now and then a pin, or its end (E8). */
const remark = (stage: Stage): string | undefined => {
  const { dice } = stage.world
  const device = anyRunning(stage)
  const timeline = dice.pickAny([...(device?.openTimelines() ?? [])])
  const item = dice.pickAny(timeline?.view.get().items.filter(({ type }) => type === 'message') ?? [])
  if (!device || !timeline || item?.type !== 'message') return undefined
  if (dice.percent(20)) {
    void timeline.pin(item.key, !item.isPinned)
    return `${device.name} ${item.isPinned ? 'unpins' : 'pins'} ${JSON.stringify(item.text.slice(0, 40))}`
  }
  const emoji = dice.pick(['👍', '❤️', undefined])
  void timeline.react(item.key, emoji)
  return `${device.name} gives ${emoji ?? 'nothing'} to ${JSON.stringify(item.text.slice(0, 40))}`
}

const cutPair = (stage: Stage): string | undefined => {
  const pair = anyPair(stage)
  if (!pair) return undefined
  stage.reach.block(...pair)
  // A blip, or for longer.
  if (stage.world.dice.percent(60)) stage.reach.allow(...pair)
  return `${pair[0].name} and ${pair[1].name} are cut`
}

const allowPair = (stage: Stage): string | undefined => {
  const pair = anyPair(stage)
  if (!pair) return undefined
  stage.reach.allow(...pair)
  return `${pair[0].name} and ${pair[1].name} can meet`
}

const partition = (stage: Stage): string | undefined => {
  const count = stage.world.dice.pick([2, 2, 3])
  const groups: SimulatedDevice[][] = Array.from({ length: count }, () => [])
  for (const device of stage.cast) stage.world.dice.pickAny(groups)?.push(device)
  stage.reach.allowAll()
  stage.reach.partition(groups)
  return `parted: ${groups.map((group) => group.map(({ name }) => name).join(', ')).join(' | ')}`
}

const allowAll = ({ reach }: Stage): string => {
  reach.allowAll()
  return 'all can meet'
}

const crash =
  (kind: 'tab' | 'power') =>
  (stage: Stage): string | undefined => {
    const device = stage.world.dice.pickAny(stage.cast.filter(({ status }) => status !== 'off'))
    device?.crash(kind)
    return device && `${device.name} crashes (${kind})`
  }

const start = (stage: Stage): string | undefined => {
  const device = anyOff(stage)
  device?.start()
  return device && `${device.name} starts`
}

const quit = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  device?.quit()
  return device && `${device.name} is closed`
}

const setClock = (stage: Stage): string | undefined => {
  const device = stage.world.dice.pickAny(stage.cast)
  const skewMs = stage.world.dice.pickAny(stage.clockErrors)
  if (!device || skewMs === undefined) return undefined
  device.skewMs = skewMs
  return `${device.name}'s clock is set to ${device.skewMs / 1_000} s of the right time`
}

const fillDisk = (stage: Stage): string | undefined => {
  const device = anyRunning(stage)
  if (!device) return undefined
  device.disk.isFull = true
  return `${device.name}'s disk is full`
}

const freeDisk = (stage: Stage): string | undefined => {
  const device = stage.world.dice.pickAny(stage.cast.filter(({ disk }) => disk.isFull))
  if (!device) return undefined
  device.disk.isFull = false
  return `${device.name}'s disk has room again, and ${retryFailed(device)} failed messages are tried again`
}

/** As somebody would who sees the mark beside a message. */
export const retryFailed = (device: SimulatedDevice): number => {
  let count = 0
  for (const timeline of device.openTimelines())
    for (const item of timeline.view.get().items) {
      if (item.type !== 'message' || item.delivery?.status !== 'failed') continue
      timeline.retry(item.key)
      count += 1
    }
  return count
}

const sleep = ({ world }: Stage): string => {
  const hours = world.dice.between(1, 30)
  world.events.sleep(hours * 3_600_000)
  return `all machines sleep for ${hours} h`
}

export const operations: readonly Operation[] = [
  { name: 'say', weight: 40, run: say },
  { name: 'remark', weight: 8, run: remark },
  { name: 'create room', weight: 3, run: createRoom },
  { name: 'join room', weight: 3, run: comeOrGo('joinRoom') },
  { name: 'leave room', weight: 2, run: comeOrGo('leaveRoom') },
  { name: 'change profile', weight: 2, run: changeProfile },
  { name: 'open room', weight: 3, run: openRoom },
  { name: 'cut pair', weight: 6, run: cutPair },
  { name: 'allow pair', weight: 4, run: allowPair },
  { name: 'partition', weight: 3, run: partition },
  { name: 'allow all', weight: 3, run: allowAll },
  { name: 'crash tab', weight: 4, run: crash('tab') },
  { name: 'crash power', weight: 4, run: crash('power') },
  { name: 'start', weight: 9, run: start },
  { name: 'quit', weight: 2, run: quit },
  { name: 'set clock', weight: 2, run: setClock },
  { name: 'fill disk', weight: 1, run: fillDisk },
  { name: 'free disk', weight: 2, run: freeDisk },
  { name: 'sleep', weight: 1, run: sleep },
]
