import type { Room } from 'y-webrtc'
import type { DeviceId } from '../../shared/identifiers.ts'
import { feedOf, type Device } from '../core/identity/device.ts'
import type { Clock, FeedId, LinkCloseReason, LinkRefusal, Random } from '../core/ports.ts'
import { createConnection, type Connection, type OpenConnection } from './connection.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Attempt } from './dialing.ts'
import type { IceSource } from './ice.ts'
import { createIceRestart } from './ice-restart.ts'
import type { ConnectionSignal, Instance, IntroductionPayload, Signal } from './introduction-payload.ts'
import { whyOf, type LinkDiagnostic } from './link/diagnostics.ts'
import { readLinkRefusal } from './link-refusals.ts'
import type { LinkMembership } from './link/membership.ts'
import { openLink, type LinkRole, type ManagedLink } from './link/open-link.ts'
import type { MediaLines } from './media/media-lines.ts'

/** What every connection of the mesh needs. */
export interface MeshTools {
  device: Device
  membership: LinkMembership
  room: Room
  ice: IceSource
  /** From the family's devices; asked for each connection anew. */
  isAddressHidden: () => boolean
  clock: Clock
  random: Random
  diagnostics: Diagnostics
  isServerHere: () => boolean
  /** Does nothing when the server cannot be reached just now. */
  send: (to: DeviceId, instance: Instance | undefined, payload: IntroductionPayload) => void
  onRefusal: (refusal: LinkRefusal) => void
}

/** A Link whose other end has proved itself, and what is under it. */
export interface ProvenLink {
  link: ManagedLink
  feed: FeedId
  connection: Connection
  /** Closes with the Link. */
  media: MediaLines
}

/** One attempt at a Link and what became of it (dialing.ts decides, this does). */
export interface MeshConnection {
  readonly attempt: Attempt
  hear(signal: Signal): void
  networkChanged(): void
  serverCame(): void
  /** Leaves nothing behind, and does not call `onEnded`. */
  close(reason: LinkCloseReason): void
}

export interface MeshConnectionOptions {
  peer: DeviceId
  attempt: Attempt
  role: LinkRole
  tools: MeshTools
  onLink: (proven: ProvenLink) => void
  /** The Link has lost its way: perhaps the whole network is gone. */
  onBroken: () => void
  /** Once, when it ends other than by `close`. */
  onEnded: (why: string) => void
}

const nameSignal = (signal: ConnectionSignal, { connection, ask }: Attempt): Signal => {
  switch (signal.type) {
    case 'offer':
      return { ...signal, type: 'offer', connection, ask }
    case 'answer':
      return { ...signal, type: 'answer', connection }
    case 'candidate':
      return { ...signal, connection }
  }
}

export const beginMeshConnection = (options: MeshConnectionOptions): MeshConnection => {
  const { peer, attempt, role, tools } = options
  const { clock, diagnostics } = tools
  const startedAt = clock.now()
  let early: ConnectionSignal[] = []
  let connection: Connection | undefined
  let link: ManagedLink | undefined
  let isClosed = false

  /** After a night's sleep the credentials known have ended, and the new ones take a moment (S8). */
  const restartFreshly = async (isAsked = false): Promise<void> => {
    await tools.ice.servers()
    if (!isClosed) connection?.restartIce(isAsked)
  }

  const restart = (): boolean => {
    diagnostics.note('iceRestart', { device: peer })
    if (!tools.isServerHere()) return false // no offer would arrive; the server's return is waited for
    // Only who dialled makes offers; the other asks for one.
    if (role === 'initiator') void restartFreshly()
    else tools.send(peer, attempt.instance, { type: 'restart-request', connection: attempt.connection })
    return true
  }
  const iceRestart = createIceRestart({ clock, restart })

  const letGo = tools.ice.keepFresh()

  const end = (): void => {
    isClosed = true
    letGo()
    iceRestart.stop()
  }

  const ended = (why: string): void => {
    if (isClosed) return
    end()
    connection?.destroy(why)
    options.onEnded(why)
  }

  const noteLink = (event: LinkDiagnostic): void => {
    diagnostics.note(`link.${event.type}`, { device: peer, why: whyOf(event) })
    const refusal = readLinkRefusal(event)
    if (refusal !== undefined) tools.onRefusal(refusal)
    // A bug in who listens must not break the Link, nor stay in the diagnostics only.
    if (event.type === 'listenerThrew') reportError(event.error)
  }

  const prove = async (proving: Connection, open: OpenConnection): Promise<void> => {
    const [opened, feed] = await Promise.all([
      openLink({
        wire: open.wire,
        role,
        device: tools.device,
        expected: peer,
        membership: tools.membership,
        fingerprints: open.fingerprints,
        clock,
        random: tools.random,
        onDiagnostic: noteLink,
      }),
      feedOf(peer),
    ])
    if (!opened.ok) return ended(opened.problem.type)
    const proven = opened.value
    if (isClosed) return proven.close({ type: 'closedHere', why: 'abandoned' })
    link = proven
    const media = open.openMedia(proven.media)
    proven.onClose(({ type }) => {
      media.close()
      if (isClosed) return
      end() // the wire lingers for the last words, and takes the connection with it
      options.onEnded(type)
    })
    diagnostics.note('linkOpened', { device: peer, why: `${clock.now() - startedAt} ms` })
    options.onLink({ link: proven, feed, connection: proving, media })
  }

  const begin = async (): Promise<void> => {
    const iceServers = await tools.ice.servers()
    if (isClosed) return
    const made = createConnection({
      room: tools.room,
      device: peer,
      role,
      iceServers,
      freshIceServers: tools.ice.known,
      isAddressHidden: tools.isAddressHidden(),
      clock,
      onSignal: (signal) => tools.send(peer, attempt.instance, nameSignal(signal, attempt)),
      onOpen: (open) => void prove(made, open),
      onIceState: (state) => {
        if (link === undefined) return
        if (state === 'disconnected') options.onBroken()
        iceRestart.stateChanged(state)
      },
      onClose: ended,
    })
    connection = made
    for (const signal of early) made.signal(signal)
    early = []
  }

  void begin()
  return {
    attempt,
    hear(signal) {
      if (signal.type === 'restart-request') void restartFreshly(true)
      else if (connection === undefined) early.push(signal)
      else connection.signal(signal)
    },
    networkChanged() {
      if (link !== undefined) iceRestart.networkChanged()
    },
    serverCame: iceRestart.serverCame,
    close(reason) {
      if (isClosed) return
      end()
      if (link === undefined) connection?.destroy('abandoned')
      else link.close(reason) // says why, then closes the wire, which takes the connection with it
    },
  }
}
