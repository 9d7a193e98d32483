import type { DeviceId } from '../../../shared/identifiers.ts'
import { callLimits } from '../../../shared/limits.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { createAllowance } from '../allowance.ts'
import { linkChannels, type Clock, type Link, type Network } from '../ports.ts'
import { callFamily } from './messages.ts'
import type { CallSignals } from './ports.ts'

/**
 * Calls on the control channel of every Link of a network. A channel has one listener, so what begins with another byte than a call's message
 * goes to `others`. Whoever says more than any honest device would is not listened to for a while.
 */
export const openCallSignals = (options: {
  network: Pick<Network, 'links'>
  clock: Clock
  others?: (link: Link, message: Bytes) => void
}): CallSignals & { close(): void } => {
  const { network, clock, others } = options
  const listeners = new Set<(from: DeviceId, message: Bytes) => void>()
  const known = new WeakSet<Link>()
  const listen = () => {
    for (const link of network.links.get()) {
      if (known.has(link)) continue
      known.add(link)
      const allows = createAllowance(clock, callLimits)
      link.listen(linkChannels.control, (message) => {
        if (message[0] !== callFamily) others?.(link, message)
        else if (allows()) for (const listener of [...listeners]) listener(link.device, message)
      })
    }
  }
  let leave: (() => void) | undefined
  return {
    links: network.links,
    send(device, message) {
      network.links
        .get()
        .find((link) => link.device === device && link.isOpen)
        ?.send(linkChannels.control, message)
    },
    onMessage(listener) {
      listeners.add(listener)
      // Not before: what came until then is kept by the Links.
      leave ??= network.links.subscribe(listen)
      listen()
      return () => listeners.delete(listener)
    },
    close: () => leave?.(),
  }
}
