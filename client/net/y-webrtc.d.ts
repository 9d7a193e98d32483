/**
 * The parts of y-webrtc 10.3 that Hearth uses. The package has types, but its export map hides them, and they call the
 * simple-peer inside `any`.
 */
declare module 'y-webrtc' {
  import type { Awareness } from 'y-protocols/awareness'
  import type { Doc } from 'yjs'

  /** What a room shows of the change of its awareness. */
  export interface AwarenessChange {
    added: number[]
    updated: number[]
    removed: number[]
  }

  export class Room {
    private constructor()
    readonly name: string
    readonly awareness: Awareness
    readonly provider: WebrtcProvider
    /** By the id given to WebrtcConn. */
    readonly webrtcConns: Map<string, WebrtcConn>
    bcconnected: boolean
    mux: (run: () => void, otherwise?: () => void) => void
    readonly _bcSubscriber: (data: ArrayBuffer) => unknown
    readonly _beforeUnloadHandler: () => void
    _docUpdateHandler: (update: Uint8Array, origin: unknown) => void
    _awarenessUpdateHandler: (change: AwarenessChange, origin: unknown) => void
  }

  export class WebrtcProvider {
    constructor(
      name: string,
      doc: Doc,
      options: { signaling: string[]; awareness: Awareness; maxConns: number },
    )
    /** Settles when `room` is there. */
    readonly key: PromiseLike<unknown>
    readonly room: Room | null
    peerOpts: PeerOptions
    destroy(): void
  }

  /** simple-peer's options, as far as they are used. */
  export interface PeerOptions {
    config?: RTCConfiguration
    channelConfig?: RTCDataChannelInit
    wrtc?: unknown
  }

  export type PeerEventName = 'signal' | 'data' | 'connect' | 'close' | 'error'
  export type PeerListener = (value?: unknown) => void

  /** The simple-peer 9.11 inside; it ends with simple-peer's own close, and `_pc` is then null. */
  export interface Peer {
    readonly _pc: RTCPeerConnection | null
    readonly destroyed: boolean
    on(name: PeerEventName, listener: PeerListener): void
    removeListener(name: PeerEventName, listener: PeerListener): void
    listeners(name: PeerEventName): PeerListener[]
    send: (message: Uint8Array<ArrayBuffer>) => void
    destroy(error?: Error): void
  }

  export class WebrtcConn {
    constructor(signaling: { send(message: unknown): void }, isInitiator: boolean, peerId: string, room: Room)
    readonly peer: Peer
  }
}
