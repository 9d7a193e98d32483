import { logLimits } from '../../../../shared/limits.ts'
import { holdTheSame } from './device-state.ts'
import { retryFailed } from './operations.ts'
import { whoBelongs } from './parting-invariants.ts'
import type { Note } from './play.ts'
import type { Plan } from './schedule.ts'
import type { SimulatedDevice, World } from './world.ts'

const quietLimitMs = 120_000
/** How often all are compared anew, at most, until everybody has everything (Y3). */
const maxRounds = 6

/** Everything works again; then all must come to be the same. */
export const heal = async (world: World, plan: Plan, note: Note): Promise<void> => {
  const { dice, devices, network } = world
  const present = devices.filter((device, index) => plan.present.includes(index) || device.status !== 'off')
  note(`all is healed, and ${present.length} devices are there`)
  network.repair()
  for (const device of devices) device.disk.isFull = false
  await startAll(world, present)
  for (const device of present) retryFailed(device)
  if (plan.looksOn) await openEverything(world)
  await becomeTheSame(world, plan)
  if (plan.restartsInTheEnd) {
    const again = dice.some(present, 3)
    for (const device of again) device.crash('tab')
    note(`${again.map(({ name }) => name).join(', ')} start again`)
    await startAll(world, present)
    await becomeTheSame(world, plan)
  }
  await openEverything(world)
}

/** Also those that are just closing. */
const startAll = async (
  { events, running, witness }: World,
  present: readonly SimulatedDevice[],
): Promise<void> => {
  for (let tried = 0; tried < 20 && running().length < present.length; tried++) {
    for (const device of present) device.start()
    await events.advance(500)
  }
  if (running().length < present.length) witness.trouble('not all devices start again')
}

const becomeTheSame = async (world: World, plan: Plan): Promise<void> => {
  const { dice, events, network } = world
  for (let round = 0; round < maxRounds; round++) {
    const ids = world.running().map(({ player }) => player.device.id)
    for (const [index, left] of ids.entries()) {
      // A thread through all, and now and then a link beside it.
      for (const [steps, right] of ids.slice(index + 1).entries())
        if (plan.healing === 'everybody' || steps === 0 || dice.percent(5)) network.connect(left, right)
    }
    const isQuiet = await events.advanceUntilQuiet(quietLimitMs)
    if (isQuiet && holdTheSame(whoBelongs(world))) return
    await events.advance(logLimits.antiEntropyMs)
  }
}

/** Every room on every screen, back to its first entry. */
const openEverything = async (world: World): Promise<void> => {
  const timelines = world
    .running()
    .flatMap((device) => device.hearth.rooms.get().map(({ id }) => device.timeline(id)))
  await world.events.advance(1_000)
  for (const timeline of timelines)
    while (timeline?.view.get().hasOlder) {
      void timeline.loadOlder()
      await world.events.advance(100)
    }
}
