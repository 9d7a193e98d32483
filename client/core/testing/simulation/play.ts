import type { Dice } from './dice.ts'
import { operations, type Operation, type Stage } from './operations.ts'
import { partingOperations } from './parting-operations.ts'
import { createReach } from './reach.ts'
import { drawWait, type Plan } from './schedule.ts'
import type { World } from './world.ts'

export type Note = (line: string) => void

const drawOperation = (dice: Dice, operations: readonly Operation[]): Operation | undefined => {
  let left = dice.below(operations.reduce((sum, { weight }) => sum + weight, 0))
  return operations.find(({ weight }) => (left -= weight) < 0)
}

const createNames = (): ((kind: string) => string) => {
  const counts = new Map<string, number>()
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return `${kind} ${count}`
  }
}

/** Everything that may go wrong, one after the other. */
export const play = async (world: World, plan: Plan, note: Note): Promise<void> => {
  const { dice, events, devices } = world
  const reach = createReach(world, dice)
  const cast = devices.filter((_, index) => plan.cast.includes(index))
  const stage: Stage = { world, reach, cast, clockErrors: plan.clockErrors, fresh: createNames() }
  const possible = plan.hasPartings ? [...operations, ...partingOperations] : operations
  note(`take part: ${cast.map(({ name, skewMs }) => `${name} (${skewMs / 1_000} s)`).join(', ')}`)
  for (const device of cast) if (dice.percent(85)) device.start()
  await events.advance(dice.pick([0, 20, 500]))
  for (let played = 0; played < plan.operations; played++) {
    reach.dial(60)
    await events.advance(drawWait(dice))
    const done = drawOperation(dice, possible)?.run(stage)
    if (done !== undefined) note(done)
    await events.settle()
  }
}
