import { expect, test } from 'vitest'
import { linkLimits } from '../../../shared/limits.ts'
import { linkChannels } from '../../core/ports.ts'
import { createMailbox } from './mailbox.ts'

const { pages, files } = linkChannels
const message = (length: number) => new Uint8Array(length)
const throwNothing = (_channel: number, error: unknown) => {
  throw error
}

test('messages wait for their listener, and come in order', () => {
  const mailbox = createMailbox(throwNothing)
  for (const length of [1, 2, 3]) mailbox.deliver(pages, message(length))
  mailbox.deliver(files, message(9))
  const came: number[] = []
  mailbox.listen(pages, ({ length }) => came.push(length))
  mailbox.deliver(pages, message(4))
  expect(came).toEqual([1, 2, 3, 4])
})

test('what comes while older messages are handed over goes after them', () => {
  const mailbox = createMailbox(throwNothing)
  for (const length of [1, 2]) mailbox.deliver(pages, message(length))
  const came: number[] = []
  mailbox.listen(pages, ({ length }) => {
    came.push(length)
    if (length === 1) mailbox.deliver(pages, message(3))
  })
  expect(came).toEqual([1, 2, 3])
})

test('a listener that puts another in its place hands it the rest', () => {
  const mailbox = createMailbox(throwNothing)
  for (const length of [1, 2]) mailbox.deliver(pages, message(length))
  const came: string[] = []
  mailbox.listen(pages, ({ length }) => {
    came.push(`first ${String(length)}`)
    mailbox.listen(pages, (next) => came.push(`second ${String(next.length)}`))
  })
  mailbox.deliver(pages, message(3))
  expect(came).toEqual(['first 1', 'second 2', 'second 3'])
})

test('no more waits than may, counted over all channels, empty messages too', () => {
  const full = createMailbox(throwNothing)
  expect(full.deliver(pages, message(linkLimits.maxMessageBytes))).toBe(true)
  expect(full.deliver(files, message(linkLimits.maxMessageBytes))).toBe(false)
  const crowded = createMailbox(throwNothing)
  const nothing = message(0)
  let kept = 0
  while (crowded.deliver(pages, nothing)) kept += 1
  expect(kept).toBe(linkLimits.maxUnheardBytes / linkLimits.bookkeepingBytes)
})

test('what was heard makes room', () => {
  const mailbox = createMailbox(throwNothing)
  for (let i = 0; i < 5; i++) {
    expect(mailbox.deliver(pages, message(linkLimits.maxMessageBytes))).toBe(true)
    mailbox.listen(pages, () => undefined)
  }
})

test('a listener that throws is told of, and the next message comes', () => {
  const thrown: unknown[] = []
  const mailbox = createMailbox((channel, error) => thrown.push([channel, error]))
  const bug = new Error('a bug')
  const came: number[] = []
  mailbox.deliver(pages, message(1))
  mailbox.listen(pages, ({ length }) => {
    came.push(length)
    if (length === 1) throw bug
  })
  mailbox.deliver(pages, message(2))
  expect(came).toEqual([1, 2])
  expect(thrown).toEqual([[pages, bug]])
})

test('closed in the midst, the rest is not handed over', () => {
  const mailbox = createMailbox(throwNothing)
  for (const length of [1, 2]) mailbox.deliver(pages, message(length))
  const came: number[] = []
  mailbox.listen(pages, ({ length }) => {
    came.push(length)
    mailbox.close()
  })
  expect(came).toEqual([1])
  expect(mailbox.deliver(pages, message(3))).toBe(true)
})
