import type { BrowserNetwork } from '../../client/net/network.ts'
import { createValue, type Value } from '../../client/core/value.ts'
import { linkChannels, type Link, type Network, type Presence } from '../../client/core/ports.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface RenewedNetwork {
  /** For a core, which has one network for as long as it lives. */
  readonly network: Network
  /** Leaves everybody, and comes again as from a page that was loaded anew. */
  renew(): Promise<void>
}

/** @param onPages hears of every message on the pages channel, beside the core. */
export const createRenewedNetwork = (
  connect: () => Promise<BrowserNetwork>,
  onPages: (link: Link, message: Bytes) => void,
): RenewedNetwork => {
  let current: BrowserNetwork | undefined
  let leave: (() => void)[] = []
  const server = createValue<'connecting' | 'connected' | 'unreachable' | 'refused'>('connecting')
  const links = createValue<readonly Link[]>([])
  const presence = createValue<Network['presence'] extends Value<infer Shown> ? Shown : never>(new Map())
  const overheard = new WeakMap<Link, Link>()

  const overhear = (link: Link): Link => {
    const known = overheard.get(link)
    if (known) return known
    const made: Link = {
      device: link.device,
      get isOpen() {
        return link.isOpen
      },
      send: (channel, message) => link.send(channel, message),
      listen: (channel, listener) =>
        link.listen(channel, (message) => {
          if (channel === linkChannels.pages) onPages(made, message)
          listener(message)
        }),
      onClose: (listener) => link.onClose(listener),
      close: (reason) => link.close(reason),
    }
    overheard.set(link, made)
    return made
  }

  const follow = <Shown>(from: Value<Shown>, to: (shown: Shown) => void) => {
    to(from.get())
    leave.push(from.subscribe(to))
  }

  return {
    network: {
      server,
      links,
      presence,
      setPresence: (shown: Presence) => current?.setPresence(shown),
      areLinked: (device, other) => current?.areLinked(device, other) ?? false,
      askFamily: (device) => current?.askFamily(device),
      onRefusal: () => () => undefined,
      close: () => current?.close(),
    },
    async renew() {
      for (const off of leave) off()
      leave = []
      current?.close()
      links.set([])
      current = await connect()
      follow(current.server, server.set)
      follow(current.presence, presence.set)
      follow(current.links, (all) => links.set(all.map(overhear)))
    },
  }
}
