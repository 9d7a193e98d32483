import type * as Y from 'yjs'
import type { IceServer } from '../../shared/ice.ts'
import type { DeviceId, Topic } from '../../shared/identifiers.ts'
import type { Result } from '../../shared/result.ts'
import type { SealingKey } from '../core/crypto/aes-gcm.ts'
import type { LinkWay } from '../core/doctor.ts'
import type { Device } from '../core/identity/device.ts'
import type { Standing } from '../core/group/credential.ts'
import type { Clock, Link, LinkRefusal, Network, Random } from '../core/ports.ts'
import { createValue, type Value } from '../core/value.ts'
import { freshName } from './chance.ts'
import { createDiagnostics, type NetworkEvent } from './diagnostics.ts'
import { createFamilyExchange } from './family-exchange.ts'
import type { Admit } from './family-gate.ts'
import { createIceSource, type FetchIce } from './ice.ts'
import type { Instance } from './introduction-payload.ts'
import { createIntroducer } from './introducer.ts'
import { createIntroductions } from './introductions.ts'
import { createLinkWays } from './link-ways.ts'
import type { LinkMembership } from './link/membership.ts'
import type { MediaLines } from './media/media-lines.ts'
import { createMesh } from './mesh.ts'
import type { ProvenLink } from './mesh-connection.ts'
import type { PageEvents } from './page-events.ts'
import type { OpenRawSocket } from './raw-socket.ts'
import type { SessionProblem, SessionState } from './session.ts'
import { createSignalingSocket, type SignalingEvent } from './signaling-socket.ts'

export interface NetworkOptions {
  device: Device
  secrets: { topic: Topic; introductionKey: SealingKey }
  membership: LinkMembership & {
    onChange(listener: () => void): () => void
    standingOf(device: DeviceId): Standing | 'unknown'
  }
  family: { doc: Y.Doc; admit: Admit }
  /** Of the server's socket, `wss://…/api/socket`. */
  socketUrl: string
  openSocket: OpenRawSocket
  readSession: () => Promise<SessionState>
  renewSession: () => Promise<Result<void, SessionProblem>>
  fetchIce: FetchIce
  /** Whether the family's devices are to reach this one by a relay only; left out, by any way. */
  isAddressHidden?: Value<boolean>
  pageEvents: PageEvents
  clock: Clock
  random: Random
}

export interface BrowserNetwork extends Network {
  /** What happened lately, for whoever looks into a fault. */
  readonly diagnostics: Value<readonly NetworkEvent[]>
  /** The media lines of the Link to `device` (C3). With another Link, which `links` tells of, come other lines. */
  mediaOf(device: DeviceId): MediaLines | undefined
  /** Whether the server has a relay (S8); undefined until it was asked. */
  readonly hasRelay: Value<boolean | undefined>
  lookForRelay(): void
  /** By which way each Link goes (ux 22), looked at when one comes or goes and when asked. */
  readonly ways: Value<ReadonlyMap<DeviceId, LinkWay>>
  lookAtWays(): Promise<void>
  /** The STUN and TURN servers of the moment (S8). */
  iceServers(): Promise<readonly IceServer[]>
}

/** Puts the network together: server, introductions, dialing, Links, and the family document over them. */
export const createNetwork = async (options: NetworkOptions): Promise<BrowserNetwork> => {
  const { device, secrets, clock, random, pageEvents } = options
  const diagnostics = createDiagnostics(clock)
  const ice = createIceSource(options.fetchIce, clock)
  const instance = freshName(random) as Instance
  const links = createValue<readonly Link[]>([])
  const byDevice = new Map<DeviceId, Link>()
  const connectionOf = new Map<DeviceId, ProvenLink['connection']>()
  const linkWays = createLinkWays(() => [...connectionOf].map(([device, { way }]) => ({ device, way })))
  const mediaByLink = new WeakMap<Link, MediaLines>()
  const refusalListeners = new Set<(refusal: LinkRefusal) => void>()
  const onRefusal = (refusal: LinkRefusal): void => {
    for (const listener of [...refusalListeners]) listener(refusal)
  }

  const family = await createFamilyExchange({
    ...options.family,
    clock,
    self: device,
    name: `hearth ${instance}`,
    onBug: (error) => diagnostics.note('bug', { why: String(error) }),
    onRefusal,
  })

  const onLink = ({ link, feed, connection, media }: ProvenLink): void => {
    byDevice.set(link.device, link)
    mediaByLink.set(link, media)
    connectionOf.set(link.device, connection)
    family.attach({ link, feed, conn: connection.conn, withheld: connection.withheld })
    link.onClose(() => {
      family.detach(link)
      if (byDevice.get(link.device) !== link) return // another has taken its place (L3)
      byDevice.delete(link.device)
      connectionOf.delete(link.device)
      links.set([...byDevice.values()])
    })
    links.set([...byDevice.values()])
  }

  const isServerHere = (): boolean => socket.status.get() === 'connected'

  const introducer = createIntroducer({
    introductions: createIntroductions({
      device: device.id,
      instance,
      key: secrets.introductionKey,
      random,
    }),
    isServerHere,
    signal: (to, box) => socket.signal(to, box),
    onIntroduction: (opened) => mesh.introduced(opened),
    diagnostics,
  })

  const mesh = createMesh({
    tools: {
      device,
      membership: options.membership,
      room: family.room,
      ice,
      isAddressHidden: () => options.isAddressHidden?.get() ?? false,
      clock,
      random,
      diagnostics,
      isServerHere,
      send: introducer.send,
      onRefusal,
    },
    onLink,
    onBroken: () => socket.doubt(),
  })

  const onSignaling = (event: SignalingEvent): void => {
    switch (event.type) {
      case 'here':
        mesh.dispatch(event)
        mesh.serverCame()
        return
      case 'came':
      case 'gone':
        mesh.dispatch({ type: event.type, device: event.device })
        return
      case 'lost':
        mesh.dispatch({ type: 'serverLost' })
        return
      case 'signal':
        introducer.receive(event.from, event.box)
    }
  }

  const socket = createSignalingSocket({
    url: options.socketUrl,
    topic: secrets.topic,
    openSocket: options.openSocket,
    readSession: options.readSession,
    renewSession: options.renewSession,
    clock,
    random,
    onEvent: onSignaling,
    onDiagnostic: (code, why) => diagnostics.note(code, why === undefined ? {} : { why }),
  })

  const leave = (): void => {
    mesh.closeAll()
    socket.pause()
  }
  /** L3: who was removed or revoked meanwhile is shown out. */
  const closeStrangers = (): void => {
    for (const link of [...byDevice.values()]) {
      const standing = options.membership.standingOf(link.device)
      if (standing !== 'member' && standing !== 'unknown') link.close({ type: 'closedHere', why: standing })
    }
  }
  const stopListening = [
    options.membership.onChange(closeStrangers),
    options.isAddressHidden?.subscribe(() => mesh.redial()) ?? (() => undefined),
    pageEvents.onWake(() => socket.wake()),
    pageEvents.onNetworkChange(() => mesh.networkChanged()),
    links.subscribe(() => void linkWays.look()),
    pageEvents.onLeave(leave),
    pageEvents.onReturn(() => socket.wake()),
  ]

  return {
    server: socket.status,
    links,
    presence: family.presence,
    diagnostics: diagnostics.events,
    hasRelay: ice.hasRelay,
    lookForRelay: () => void ice.servers(),
    ways: linkWays.ways,
    lookAtWays: linkWays.look,
    iceServers: ice.servers,
    mediaOf(device) {
      const link = byDevice.get(device)
      return link && mediaByLink.get(link)
    },
    setPresence: family.setPresence,
    areLinked: family.areLinked,
    askFamily: family.ask,
    onRefusal(listener) {
      refusalListeners.add(listener)
      return () => refusalListeners.delete(listener)
    },
    close() {
      for (const stop of stopListening) stop()
      leave()
      socket.close()
      family.destroy()
    },
  }
}
