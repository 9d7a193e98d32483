import { createSocket } from 'node:dgram'
import { isIPv4 } from 'node:net'
import { lanAddresses } from '../certificates/names.ts'
import { ownNetworks, type AddressRange, type Interfaces } from './networks.ts'

/** Where this machine's relay listens, and from where it relays. */
export interface RelayPlan {
  /** The one address that relayed devices have, and the only one of this machine they may send to. */
  address: string
  listenOn: readonly string[]
  ownNetworks: readonly AddressRange[]
}

/** Anywhere on the internet will do: a datagram socket that is connected sends nothing, but has chosen its own address. */
const somewhere = '198.51.100.1'
const discardPort = 9

/** The address from which this machine reaches the internet; undefined where it has no way there. */
export const addressTowardsInternet = (): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    const settle = (address: string | undefined): void => {
      socket.close()
      resolve(address)
    }
    socket.once('error', () => settle(undefined))
    socket.connect(discardPort, somewhere, () => settle(socket.address().address))
  })

/**
 * Undefined where this machine is in no network. `host` is the one address to listen on, where that was set; loopback stands for a
 * proxy in front, which passes no datagrams on, so then it listens as if nothing was set.
 */
export const planRelay = (
  interfaces: Interfaces,
  towardsInternet: string | undefined,
  host: string | undefined,
): RelayPlan | undefined => {
  const lan = lanAddresses(interfaces)
  const only = host !== undefined && lan.includes(host) ? host : undefined
  const outward = towardsInternet !== undefined && lan.includes(towardsInternet) ? towardsInternet : undefined
  const address = only ?? outward ?? lan.find((candidate) => isIPv4(candidate)) ?? lan[0]
  if (address === undefined) return undefined
  const listenOn = only === undefined ? ['127.0.0.1', ...lan] : [only]
  return { address, listenOn, ownNetworks: ownNetworks(interfaces) }
}

/**
 * Whether a relay that runs by `plan` is no longer what `other` asks for. IPv6 addresses for a day come and go by themselves; they
 * are no reason to cut everybody off.
 */
export const isOutdated = (plan: RelayPlan, other: RelayPlan): boolean =>
  lasting(plan).join() !== lasting(other).join()

const lasting = ({ address, listenOn, ownNetworks: networks }: RelayPlan): string[] => [
  address,
  ...listenOn.filter((listened) => isIPv4(listened)),
  ...networks,
]
