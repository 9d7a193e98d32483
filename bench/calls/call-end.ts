import type { IceServer } from '../../shared/ice.ts'

/** How a call comes about: over our Link, the plain way, or over an open bare connection. */
export type Way = 'ours' | 'peer' | 'limit'

export interface EndOptions {
  role: 'caller' | 'callee'
  /** Ends of one call have the same; of others, others. */
  name: string
  /** `ws://HOST:PORT` */
  hub: string
  iceServers: readonly IceServer[]
  /** What is sent once the call is accepted. */
  own: MediaStream
}

/** One end of a call that rings. */
export interface CallEnd {
  /** Everything is there that may be there while it rings. */
  ready: Promise<void>
  /** For the callee. From this moment until the caller's first picture is painted here, in milliseconds. */
  accept(): Promise<number>
  close(): void
}

export type OpenCallEnd = (options: EndOptions) => Promise<CallEnd>

export const trackOf = (stream: MediaStream, kind: 'audio' | 'video'): MediaStreamTrack => {
  const track = stream.getTracks().find((one) => one.kind === kind)
  if (track === undefined) throw new Error(`no ${kind}`)
  return track
}
