/** The part of simple-peer 9.11 that the plain way uses; the package has no types. */
declare module 'simple-peer/simplepeer.min.js' {
  interface SimplePeer {
    on(name: 'signal', listener: (signal: unknown) => void): void
    on(name: 'stream', listener: (stream: MediaStream) => void): void
    on(name: 'error', listener: (error: Error) => void): void
    signal(signal: unknown): void
    destroy(): void
  }
  const SimplePeer: new (options: {
    initiator: boolean
    stream: MediaStream
    config: RTCConfiguration
  }) => SimplePeer
  export type { SimplePeer }
  export default SimplePeer
}
