import { linkLimits } from '../../../../shared/limits.ts'
import { linkChannels, type Link, type LinkChannel, type LinkCloseReason } from '../../../core/ports.ts'
import type { Value } from '../../../core/value.ts'

/**
 * What every pair of Links must do, over whatever wire: plain functions without a test runner, so that vitest runs them
 * over memory (`describe-link.ts`) and a page in a browser over WebRTC.
 */
export interface LinkPair {
  left: Link & { readonly health: Value<{ status: string; roundTripMs?: number }> }
  right: Link
}

export type Assert = (claim: boolean, words: string) => void

export interface LinkCase {
  title: string
  run(pair: LinkPair, assert: Assert): Promise<void>
}

type Bytes = Uint8Array<ArrayBuffer>

/** Bytes that tell a piece lost, moved or doubled: no two places near each other look alike. */
const patterned = (length: number, seed: number): Bytes => {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8) * 17 + (i >> 16) * 7 + seed) & 0xff
  return bytes
}

const areEqual = (left: Bytes, right: Bytes): boolean => {
  if (left.length !== right.length) return false
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false
  return true
}

/** The next `count` messages of a channel. */
const nextMessages = (link: Link, channel: LinkChannel, count: number): Promise<Bytes[]> =>
  new Promise((resolve) => {
    const came: Bytes[] = []
    link.listen(channel, (message) => {
      came.push(message)
      if (came.length === count) resolve(came)
    })
  })

const closing = (link: Link): Promise<LinkCloseReason> =>
  new Promise((resolve) => {
    link.onClose(resolve)
  })

const channels = Object.values(linkChannels)

export const linkCases: readonly LinkCase[] = [
  {
    title: 'L2: an open Link knows whom it is with',
    run({ left, right }, assert) {
      assert(left.isOpen && right.isOpen, 'both are open')
      assert(left.device !== right.device, 'each names the other')
      return Promise.resolve()
    },
  },
  {
    title: 'L4: messages of every channel arrive, in both directions',
    async run({ left, right }, assert) {
      for (const channel of channels) {
        for (const [from, to] of [
          [left, right],
          [right, left],
        ] as const) {
          const message = patterned(100, channel)
          const came = nextMessages(to, channel, 1)
          from.send(channel, message)
          const [received] = await came
          assert(received !== undefined && areEqual(received, message), `channel ${String(channel)} carries`)
        }
      }
    },
  },
  {
    title: 'L4: an empty message is a message',
    async run({ left, right }, assert) {
      const came = nextMessages(right, linkChannels.pages, 1)
      left.send(linkChannels.pages, new Uint8Array(0))
      assert((await came)[0]?.length === 0, 'it came, empty')
    },
  },
  {
    title: 'L4: messages around a frame in size arrive whole and in order',
    async run({ left, right }, assert) {
      const frame = linkLimits.maxFrameBytes
      const sizes = [1, frame - 6, frame - 5, frame - 4, frame, 2 * frame - 6, 2 * frame - 5, 2 * frame, 0, 3]
      const came = nextMessages(right, linkChannels.files, sizes.length)
      for (const [i, size] of sizes.entries()) left.send(linkChannels.files, patterned(size, i))
      for (const [i, message] of (await came).entries())
        assert(areEqual(message, patterned(sizes[i] ?? -1, i)), `${String(sizes[i])} bytes came whole`)
    },
  },
  {
    title: 'L4: a message of several MiB arrives whole',
    async run({ left, right }, assert) {
      const message = patterned(3 * 1024 * 1024 + 3, 1)
      const came = nextMessages(right, linkChannels.files, 1)
      left.send(linkChannels.files, message)
      const [received] = await came
      assert(received !== undefined && areEqual(received, message), 'every byte is in its place')
    },
  },
  {
    title: 'L4: a word said overtakes a file',
    async run({ left, right }, assert) {
      const order: string[] = []
      const file = nextMessages(right, linkChannels.files, 1).then(() => order.push('file'))
      const page = nextMessages(right, linkChannels.pages, 1).then(() => order.push('page'))
      const family = nextMessages(right, linkChannels.family, 1).then(() => order.push('family'))
      left.send(linkChannels.files, patterned(8 * 1024 * 1024, 1))
      left.send(linkChannels.pages, patterned(1024 * 1024, 2))
      left.send(linkChannels.family, patterned(100, 3))
      await Promise.all([file, page, family])
      assert(order.join() === 'family,page,file', `they came as ${order.join()}`)
    },
  },
  {
    title: 'L4: many small messages stay in order',
    async run({ left, right }, assert) {
      const count = 2_000
      const came = nextMessages(right, linkChannels.pages, count)
      for (let i = 0; i < count; i++) left.send(linkChannels.pages, Uint8Array.of(i & 0xff, i >> 8))
      const isOrdered = (await came).every((bytes, i) => bytes[0] === (i & 0xff) && bytes[1] === i >> 8)
      assert(isOrdered, 'each came once, in its turn')
    },
  },
  {
    title: 'what came before anybody listened is kept',
    async run({ left, right }, assert) {
      const later = nextMessages(right, linkChannels.files, 1)
      left.send(linkChannels.pages, patterned(10, 1))
      left.send(linkChannels.pages, patterned(20, 2))
      left.send(linkChannels.files, patterned(1, 3))
      await later
      const [first, second] = await nextMessages(right, linkChannels.pages, 2)
      assert(first?.length === 10 && second?.length === 20, 'both were there, in order')
    },
  },
  {
    title: 'a listener that throws harms neither the Link nor the next message',
    async run({ left, right }, assert) {
      const came: number[] = []
      const last = new Promise<void>((resolve) => {
        right.listen(linkChannels.pages, (message) => {
          came.push(message.length)
          if (message.length === 2) resolve()
          else throw new Error('a bug in who listens')
        })
      })
      left.send(linkChannels.pages, patterned(1, 1))
      left.send(linkChannels.pages, patterned(2, 1))
      await last
      assert(came.join() === '1,2' && left.isOpen && right.isOpen, 'both came, and the Link is open')
    },
  },
  {
    title: 'L6: the round trip is measured',
    async run({ left }, assert) {
      const measured = new Promise<void>((resolve) => {
        const look = () => {
          if (left.health.get().roundTripMs !== undefined) resolve()
        }
        left.health.subscribe(look)
        look()
      })
      await measured
      assert(left.health.get().status === 'ok', 'and the Link is well')
    },
  },
  {
    title: 'closing tells the other side at once, and each side once',
    async run({ left, right }, assert) {
      const reasons: string[] = []
      left.onClose(({ type }) => reasons.push(`left ${type}`))
      const there = closing(right)
      left.close({ type: 'closedHere', why: 'enough' })
      left.close({ type: 'replaced' })
      assert(!left.isOpen, 'it is closed as soon as closed')
      assert((await there).type === 'closedThere', 'the other side knows who closed')
      right.close({ type: 'closedHere', why: 'late' })
      assert(reasons.join() === 'left closedHere', 'the first reason is the reason')
      assert((await closing(left)).type === 'closedHere', 'who asks later is told too')
      assert((await closing(right)).type === 'closedThere', 'on both sides')
    },
  },
  {
    title: 'sending on a closed Link does nothing, and nothing comes after closing',
    async run({ left, right }, assert) {
      const came: Bytes[] = []
      right.listen(linkChannels.pages, (message) => came.push(message))
      const there = closing(right)
      left.close({ type: 'closedHere', why: 'enough' })
      left.send(linkChannels.pages, patterned(1, 1))
      await there
      right.send(linkChannels.pages, patterned(1, 1))
      assert(came.length === 0, 'nothing came')
    },
  },
  {
    title: 'closing in the midst of a file ends the file, and the other side learns of it',
    async run({ left, right }, assert) {
      const files: Bytes[] = []
      right.listen(linkChannels.files, (message) => files.push(message))
      const there = closing(right)
      left.send(linkChannels.files, patterned(8 * 1024 * 1024, 1))
      left.close({ type: 'closedHere', why: 'enough' })
      assert((await there).type === 'closedThere', 'it learned')
      assert(files.length === 0, 'half a file is no file')
    },
  },
  {
    title: 'L4: a message too large is refused to who sends it, and the Link goes on',
    async run({ left, right }, assert) {
      let refused: unknown
      try {
        left.send(linkChannels.files, new Uint8Array(linkLimits.maxMessageBytes + 1))
      } catch (error) {
        refused = error
      }
      assert(refused instanceof RangeError, 'it is a RangeError')
      const came = nextMessages(right, linkChannels.files, 1)
      left.send(linkChannels.files, patterned(1, 1))
      assert((await came).length === 1, 'the next message arrives')
    },
  },
]
