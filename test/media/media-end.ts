import type { LineKind } from '../../client/net/media/line-kinds.ts'
import type { Sending } from '../../client/net/media/media-line.ts'
import type { LinkMediaStats } from '../../client/net/media/media-stats.ts'

/** One end of a Link in a page, as a test handles it. What a test calls by `page.evaluate` gives values only. */
export interface MediaEnd {
  deviceOf(name: string): Promise<string>
  /** Resolves when the Link is open. */
  begin(options: { name: string; peer: string; role: 'initiator' | 'responder' }): Promise<void>
  hear(signal: unknown): void
  /** Resolves when the lines are agreed on. */
  prepare(): Promise<void>
  /** Asks for new ways while the offer of lines has no answer yet. */
  prepareAmidNewWays(): Promise<void>
  /** Sends the fake camera or microphone, or a picture that moves as the screen. When it began, milliseconds since the epoch. */
  start(kind: LineKind): Promise<number>
  limit(kind: LineKind, sending: Sending): Promise<void>
  stop(kind: LineKind): Promise<void>
  remoteKinds(): Promise<string[]>
  /** From now on, and as soon as it is sent. */
  watch(kind: LineKind): Promise<void>
  firstFrameAt(kind: LineKind): Promise<number>
  /** A checksum of what is seen just now. */
  pictureNow(kind: LineKind): Promise<number>
  framesNow(kind: LineKind): Promise<number>
  level(kind: LineKind): Promise<number | undefined>
  stats(): Promise<LinkMediaStats | undefined>
  /** Says something over the Link and waits for the answer. */
  chat(): Promise<number>
  /** Nothing leaves to the server, though it is believed to be there. */
  loseServer(isLost: boolean): void
  skipTime(ms: number): void
  changeNetwork(): void
  connectionState(): Promise<{ isOpen: boolean; signaling: string | undefined; ufrag: string | undefined }>
  sdp(): Promise<string | undefined>
  /** Offers that went to the server. */
  offersMade(): number
  events(): string[]
}

declare global {
  interface Window {
    mediaEnd?: MediaEnd
    carryToOther?: (signal: unknown) => Promise<void>
  }
}
