import { expect, test } from 'vitest'
import { createDataChannelWire } from './data-channel-wire.ts'

class MemoryChannel extends EventTarget {
  binaryType = 'blob'
  readyState = 'open'
  bufferedAmount = 0
  bufferedAmountLowThreshold = 0
  sent: Uint8Array[] = []
  isFull = false
  send(frame: Uint8Array): void {
    if (this.isFull) throw new Error('OperationError')
    this.sent.push(frame)
  }
  close(): void {
    this.readyState = 'closing'
  }
  receive(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }))
  }
}

const setUp = () => {
  const channel = new MemoryChannel()
  let closings = 0
  const wire = createDataChannelWire(channel as unknown as RTCDataChannel, () => closings++)
  return { channel, wire, closings: () => closings }
}
const frame = (...bytes: number[]) => new Uint8Array(bytes).buffer

test('frames that came before anybody listened are kept in order', () => {
  const { channel, wire } = setUp()
  channel.receive(frame(1))
  channel.receive(frame(2))
  const heard: number[] = []
  wire.onFrame(([byte]) => heard.push(byte ?? 0))
  channel.receive(frame(3))
  expect(heard).toEqual([1, 2, 3])
})

test('L7: text, and much before the handshake, close the wire', () => {
  const text = setUp()
  text.channel.receive('{"type":"hello"}')
  expect(text.closings()).toBe(1)
  const flood = setUp()
  for (let i = 0; i < 100; i++) flood.channel.receive(frame(i))
  expect(flood.closings()).toBe(1)
})

test('L5: a channel whose queue is full closes instead of throwing', () => {
  const { channel, wire, closings } = setUp()
  channel.isFull = true
  wire.send(new Uint8Array(1))
  expect(closings()).toBe(1)
})

test('whoever closes, and however often, the wire closes once; who comes late is told at once', () => {
  const { channel, wire, closings } = setUp()
  let told = 0
  wire.onClose(() => told++)
  channel.dispatchEvent(new Event('close'))
  wire.close()
  wire.torn()
  wire.onClose(() => told++)
  wire.send(new Uint8Array(1))
  expect([closings(), told, channel.sent.length]).toEqual([1, 2, 0])
})

test('L5: it tells when the channel has drained to the mark', () => {
  const { channel, wire } = setUp()
  let drained = 0
  wire.onDrain(1_000, () => drained++)
  channel.dispatchEvent(new Event('bufferedamountlow'))
  expect([channel.bufferedAmountLowThreshold, channel.binaryType, drained]).toEqual([1_000, 'arraybuffer', 1])
})
