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
  keys: Pick<GroupKeys, 'owesRekey'>
  state: Pick<Value<unknown>, 'subscribe'>
}

/**
 * Makes the epoch that is due when somebody came, went or lacks a link to an older one (G4, G5), also where nobody writes: a newcomer
 * reads what was said before only once somebody who can has wrapped it to them.
 */
export const keepEpochs = (
  family: KeptGroup,
  { device, clock, random }: { device: DeviceId; clock: Clock; random: Random },
): (() => void) => {
  let timer: Timer | undefined
  const look = async () => {
    if (family.standingOf(device) === 'member' && (await family.keys.owesRekey())) await family.rekey()
  }
  const soon = () => {
    timer ??= clock.setTimer(
      () => {
        timer = undefined
        void look()
      },
      drawMoment(random, groupLimits.rekeySpreadMs),
    )
  }
  const leave = family.state.subscribe(soon)
  soon()
  return () => {
    leave()
    if (timer !== undefined) clock.clearTimer(timer)
  }
}
