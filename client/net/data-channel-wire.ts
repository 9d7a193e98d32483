import type { Wire } from './link/wire.ts'

/** Frames that come before anybody listens. The handshake, for which they wait, is a few. */
const maxKeptFrames = 16

export interface DataChannelWire extends Wire {
  /** The connection under the channel has ended: nobody will hear from the channel itself. */
  torn(): void
}

/** A data channel as the pipe under a Link (L2). `closing` is called when the Link hangs up. */
export const createDataChannelWire = (channel: RTCDataChannel, closing: () => void): DataChannelWire => {
  channel.binaryType = 'arraybuffer'
  const kept: Uint8Array<ArrayBuffer>[] = []
  let hear: ((frame: Uint8Array<ArrayBuffer>) => void) | undefined
  let onDrained: (() => void) | undefined
  let onClosed: (() => void)[] = []
  let isClosed = false

  const finish = (): void => {
    if (isClosed) return
    isClosed = true
    const listeners = onClosed
    onClosed = []
    for (const listener of listeners) listener()
    closing()
  }

  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // Whoever sends text, or much before the handshake, speaks another protocol (L7).
    if (!(data instanceof ArrayBuffer) || kept.length === maxKeptFrames) return wire.close()
    const frame = new Uint8Array(data)
    if (hear === undefined) kept.push(frame)
    else hear(frame)
  })
  channel.addEventListener('bufferedamountlow', () => onDrained?.())
  channel.addEventListener('close', finish)
  channel.addEventListener('closing', finish)

  const wire: DataChannelWire = {
    send(frame) {
      if (isClosed || channel.readyState !== 'open') return
      try {
        channel.send(frame)
      } catch {
        wire.close() // the browser's own queue is full: the Link's back-pressure (L5) has failed
      }
    },
    get bufferedBytes() {
      return channel.bufferedAmount
    },
    onDrain(lowMark, listener) {
      channel.bufferedAmountLowThreshold = lowMark
      onDrained = listener
    },
    onFrame(listener) {
      hear = listener
      for (const frame of kept.splice(0)) listener(frame)
    },
    onClose(listener) {
      if (isClosed) listener()
      else onClosed.push(listener)
    },
    close() {
      if (isClosed) return
      channel.close()
      finish()
    },
    torn: finish,
  }
  return wire
}
