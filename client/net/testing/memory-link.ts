import type { DeviceId } from '../../../shared/identifiers.ts'
import type { Link, LinkChannel, LinkCloseReason } from '../../core/ports.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface MemoryLink extends Link {
  readonly sent: Bytes[]
  readonly closedBecause: LinkCloseReason | undefined
}

/** Two ends of a Link in memory; messages arrive in the same turn. Only what these tests need of `Link`. */
export const createMemoryLinks = (left: DeviceId, right: DeviceId): [MemoryLink, MemoryLink] => {
  const createEnd = (device: DeviceId, there: () => End): End => {
    const listeners = new Map<LinkChannel, (message: Bytes) => void>()
    const kept: [LinkChannel, Bytes][] = []
    let onClosed: ((reason: LinkCloseReason) => void)[] = []
    const end: End = {
      device,
      isOpen: true,
      sent: [],
      closedBecause: undefined,
      take(channel, message) {
        const listener = listeners.get(channel)
        if (listener === undefined) kept.push([channel, message])
        else listener(message)
      },
      end(reason) {
        if (!end.isOpen) return
        end.isOpen = false
        end.closedBecause = reason
        const told = onClosed
        onClosed = []
        for (const listener of told) listener(reason)
      },
      send(channel, message) {
        if (!end.isOpen) return
        end.sent.push(message)
        there().take(channel, message)
      },
      listen(channel, listener) {
        listeners.set(channel, listener)
        for (const [keptChannel, message] of kept.splice(0)) end.take(keptChannel, message)
      },
      onClose: (listener) => void onClosed.push(listener),
      close(reason) {
        end.end(reason)
        there().end({ type: 'closedThere' })
      },
    }
    return end
  }
  const leftEnd: End = createEnd(right, () => rightEnd)
  const rightEnd: End = createEnd(left, () => leftEnd)
  return [leftEnd, rightEnd]
}

interface End extends MemoryLink {
  isOpen: boolean
  closedBecause: LinkCloseReason | undefined
  take(channel: LinkChannel, message: Bytes): void
  end(reason: LinkCloseReason): void
}
