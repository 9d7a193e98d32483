import type { Clock, Random } from '../../../core/ports.ts'
import type { Wire } from '../wire.ts'

type Frame = Uint8Array<ArrayBuffer>

export interface MemoryWire extends Wire {
  /** The most that was ever buffered. */
  readonly peakBufferedBytes: number
}

export interface MemoryWirePair {
  left: MemoryWire
  right: MemoryWire
  /** The network between them is gone: nothing moves, nobody is told. Given back, it goes on where it stopped. */
  setCut(isCut: boolean): void
  /** Both connections break at once, and what was under way is lost. */
  tear(): void
}

export interface MemoryWireOptions {
  clock: Clock
  /** With it, how much leaves in a millisecond is anybody's guess; without, it is `bytesPerMs`. */
  random?: Random
  bytesPerMs?: number
  latencyMs?: number
}

interface End extends MemoryWire {
  /** Something came from there. */
  arrive(frame: Frame): void
  /** It is over, from there or torn. */
  end(): void
  /** Gives up what may leave in one millisecond. */
  leave(mayLeaveBytes: number): Frame[]
  readonly hasMore: boolean
  readonly isClosing: boolean
}

const createEnd = (wake: () => void): End => {
  const outgoing: Frame[] = []
  const early: Frame[] = []
  let onFrame: ((frame: Frame) => void) | undefined
  let drain: { lowMark: number; listener: () => void } | undefined
  let closeListeners: (() => void)[] = []
  let isClosed = false
  let bufferedBytes = 0
  let peakBufferedBytes = 0
  /** A frame larger than what may leave in a millisecond leaves all the same, and the next ones wait for it. */
  let debtBytes = 0

  const close = (): void => {
    if (isClosed) return
    isClosed = true
    const listeners = closeListeners
    closeListeners = []
    for (const listener of listeners) listener()
  }

  return {
    get bufferedBytes() {
      return bufferedBytes
    },
    get peakBufferedBytes() {
      return peakBufferedBytes
    },
    get hasMore() {
      return outgoing.length > 0
    },
    get isClosing() {
      return isClosed
    },
    send(frame) {
      if (isClosed) return
      outgoing.push(frame.slice())
      bufferedBytes += frame.length
      peakBufferedBytes = Math.max(peakBufferedBytes, bufferedBytes)
      wake()
    },
    onDrain(lowMark, listener) {
      drain = { lowMark, listener }
    },
    onFrame(listener) {
      onFrame = listener
      for (const frame of early.splice(0)) listener(frame)
    },
    onClose(listener) {
      if (isClosed) listener()
      else closeListeners.push(listener)
    },
    close() {
      close()
      wake()
    },
    arrive(frame) {
      if (isClosed) return
      if (onFrame) onFrame(frame)
      else early.push(frame)
    },
    end() {
      outgoing.length = 0
      bufferedBytes = 0
      close()
    },
    leave(mayLeaveBytes) {
      const before = bufferedBytes
      const left: Frame[] = []
      let room = mayLeaveBytes - debtBytes
      while (room > 0) {
        const frame = outgoing.shift()
        if (frame === undefined) break
        left.push(frame)
        room -= frame.length
        bufferedBytes -= frame.length
      }
      debtBytes = Math.max(0, -room)
      if (drain && before > drain.lowMark && bufferedBytes <= drain.lowMark) drain.listener()
      return left
    },
  }
}

/** Two wires joined in memory, moved by a clock: what is sent waits in a buffer, leaves at a rate, and arrives later. */
export const createMemoryWirePair = (options: MemoryWireOptions): MemoryWirePair => {
  const { clock, random, bytesPerMs = 64 * 1024, latencyMs = 1 } = options
  let isCut = false
  let isTicking = false
  let underWay: (() => void)[] = []

  const wake = (): void => {
    if (isTicking || isCut) return
    isTicking = true
    clock.setTimer(tick, 1)
  }
  const left = createEnd(wake)
  const right = createEnd(wake)

  const arriveLater = (arrive: () => void): void => {
    underWay.push(arrive)
    clock.setTimer(() => {
      if (isCut) return
      const index = underWay.indexOf(arrive)
      for (const due of underWay.splice(0, index + 1)) due()
    }, latencyMs)
  }

  const move = (from: End, to: End): void => {
    if (!from.hasMore && !from.isClosing) return
    const share = random === undefined ? 1 : ((random.bytes(1)[0] ?? 0) + 1) / 256
    for (const frame of from.leave(Math.ceil(bytesPerMs * share)))
      arriveLater(() => {
        to.arrive(frame)
      })
    if (from.isClosing && !from.hasMore)
      arriveLater(() => {
        to.end()
      })
  }

  const tick = (): void => {
    isTicking = false
    if (isCut) return
    move(left, right)
    move(right, left)
    if (left.hasMore || right.hasMore) wake()
  }

  return {
    left,
    right,
    setCut(value) {
      isCut = value
      if (isCut) return
      arriveLater(() => undefined)
      wake()
    },
    tear() {
      underWay = []
      left.end()
      right.end()
    },
  }
}
