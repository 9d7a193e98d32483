import { accountLimits } from '../../../shared/limits.ts'
import type { Result } from '../../../shared/result.ts'
import { createValue } from '../value.ts'
import type { AccountProblem } from './account-problem.ts'
import type { AccountTools } from './account-tools.ts'
import type { LinkingOffer } from './arrival.ts'
import { bytesOfBox, comeBackByKey, type Entrance } from './entrance.ts'
import { checkDigitsOf, linkingLinkOf, openLinkingBox } from './linking.ts'

export interface OfferLinkingOptions {
  tools: AccountTools
  origin: string
  onLinked(entrance: Entrance): Promise<Result<void, AccountProblem>>
}

/** I8, on the new device: shows its keys, and asks the server every two seconds whether somebody has vouched for them. */
export const offerLinking = ({ tools, origin, onLinked }: OfferLinkingOptions): LinkingOffer => {
  const { calls, device, deviceName, clock } = tools
  const keys = { deviceKey: device.publicKey, deviceKem: device.kem.publicKey, deviceName }
  const status = createValue<'waiting' | 'linked' | 'expired' | 'unreachable'>('waiting')
  const endsAt = clock.now() + accountLimits.linkingMs
  let isCancelled = false

  const isOver = (): boolean => isCancelled

  const look = async (): Promise<void> => {
    if (isOver()) return
    if (clock.now() > endsAt) return status.set('expired')
    const found = await calls.linking.look({ device: device.id })
    if (isOver()) return
    if (!found.ok) status.set('unreachable')
    else if (found.value.box === undefined) status.set('waiting')
    else if (await enter(found.value.box)) return
    clock.setTimer(() => void look(), accountLimits.linkingPollMs)
  }

  const enter = async (box: string): Promise<boolean> => {
    const entrance = await openLinkingBox(tools, bytesOfBox(box))
    // A box that is not for us: somebody's mischief, or one of a try before. Another may yet come.
    if (!entrance) return false
    const session = await comeBackByKey(tools)
    if (!session.ok) return false
    status.set('linked')
    return (await onLinked(entrance)).ok
  }

  void look()
  return {
    link: linkingLinkOf(origin, keys),
    checkDigits: checkDigitsOf(keys),
    status,
    cancel: () => {
      isCancelled = true
    },
  }
}
