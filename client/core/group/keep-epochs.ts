import type { DeviceId } from '../../../shared/identifiers.ts'
import { groupLimits } from '../../../shared/limits.ts'
import type { Clock, Random, Timer } from '../ports.ts'
import type { Value } from '../value.ts'
import type { Family } from './family.ts'
import type { GroupKeys } from './group-keys.ts'

/** A moment of at most `spreadMs`, so that not all devices do at once what one of them would do. */
export const drawMoment = (random: Random, spreadMs: number): number => {
  const [high = 0, low = 0] = random.bytes(2)
  return Math.floor(((high * 256 + low) / 65_536) * spreadMs)
}

/** A group whose keys are kept: the family, or a private one. */
export interface KeptGroup extends Pick<Family, 'rekey' | 'standingOf'> {
  keys: Pick<GroupKeys, 'owesRekey' | 'openersAmong'>
  state: Pick<Value<unknown>, 'subscribe'>
}

export interface KeepEpochsOptions {
  device: DeviceId
  /** The devices that are linked to this one now. */
  linked(): readonly DeviceId[]
  clock: Clock
  random: Random
}

/**
 * Makes the epoch that is due when somebody came, went or lacks a link to an older one (G4, G5), also where nobody writes: a newcomer
 * reads what was said before only once somebody who can has wrapped it to them.
 */
export const keepEpochs = (
  family: KeptGroup,
  { device, linked, clock, random }: KeepEpochsOptions,
): (() => void) => {
  const { keys } = family
  let timer: Timer | undefined
  let isSoon = false

  const look = async () => {
    if (family.standingOf(device) === 'member' && (await keys.owesRekey())) await family.rekey()
  }
  /**
   * Of those who are here and can give it the first need not wait for the others: somebody new looks at an empty room until it is made. Two
   * that see others about may both be first, and make one each; then everybody takes the same of the two.
   */
  const isFirst = (): boolean => {
    const others = linked()
    return others.length > 0 && keys.openersAmong([device, ...others]).sort()[0] === device
  }
  const wait = (ms: number) => {
    if (timer !== undefined) clock.clearTimer(timer)
    timer = clock.setTimer(() => {
      timer = undefined
      isSoon = false
      void look()
    }, ms)
  }
  const begin = () => {
    if (!isSoon && isFirst()) {
      isSoon = true
      wait(groupLimits.rekeyGatherMs)
    } else if (timer === undefined) wait(drawMoment(random, groupLimits.rekeySpreadMs))
  }
  const leave = family.state.subscribe(begin)
  begin()
  return () => {
    leave()
    if (timer !== undefined) clock.clearTimer(timer)
  }
}
