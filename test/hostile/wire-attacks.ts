import { linkLimits } from '../../shared/limits.ts'
import type { Bytes } from '../../shared/crypto/bytes.ts'
import { linkChannels } from '../../client/core/ports.ts'
import { encodeFrame } from '../../client/net/link/frames.ts'
import type { Attack } from './hostile-ground.ts'

const { control, pages, files } = linkChannels
const first = 0x80
const sixteenMiB = [0, 0, 0, 1]
const fullFrame = (head: number, ...rest: number[]): Bytes => {
  const bytes = new Uint8Array(linkLimits.maxFrameBytes)
  bytes.set([head, ...rest])
  return bytes
}

const frames: [string, Bytes[]][] = [
  ['an empty frame', [new Uint8Array(0)]],
  ['a frame a byte too large', [new Uint8Array(linkLimits.maxFrameBytes + 1)]],
  ['a channel there is not', [Uint8Array.of(0xc7, 0, 0, 0, 0)]],
  ['bits that mean nothing', [Uint8Array.of(0xf0, 0, 0, 0, 0)]],
  ['a header cut short', [Uint8Array.of(0xc2, 0, 0)]],
  ['a message of 4 GiB', [fullFrame(first | pages, 255, 255, 255, 255)]],
  ['a middle without a beginning', [fullFrame(pages)]],
  [
    'beginning after beginning without end',
    Array.from({ length: 50 }, () => fullFrame(first | files, ...sixteenMiB)),
  ],
  [
    'a message in crumbs',
    [fullFrame(first | files, ...sixteenMiB), ...Array.from({ length: 50 }, () => Uint8Array.of(files, 1))],
  ],
  ['a control message of an unknown kind', [encodeFrame(control, Uint8Array.of(99, 1), 0).frame]],
  ['the handshake again', [new Uint8Array(66).fill(1)]],
]

/** What no Hearth sends, on the bare data channel. */
export const wireAttacks: Attack[] = frames.map(([title, sent]) => ({
  title: `L7: ${title}`,
  why: 'badFrame',
  attack({ sendRaw }) {
    for (const frame of sent) sendRaw(frame)
  },
}))
