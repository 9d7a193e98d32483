import { expect, test, vi } from 'vitest'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { UnsentMessages } from '../device-storage.ts'
import type { Logs } from '../log/logs.ts'
import type { LogId, StoreProblem, TimelineKey } from '../ports.ts'
import { encodeMessage } from './message-body.ts'
import { createOutgoings } from './outgoing.ts'

const room = 'room' as LogId
const key: TimelineKey = { ms: 1, counter: 0, feed: 7, page: 0, seq: 0 }

/** A disk that is full for as long as it is told so. */
const createScene = () => {
  const kept = new Map<LogId, readonly Bytes[]>()
  const unsent: UnsentMessages = {
    read: (log) => kept.get(log) ?? [],
    write: (log, bodies) => void kept.set(log, bodies),
  }
  const scene = {
    kept,
    isFull: true,
    written: 0,
    outgoing: () => createOutgoings({ logs, clock, unsent })(room),
  }
  const append: Logs['append'] = (_log, _kind, _body, onWritten): Promise<Result<void, StoreProblem>> => {
    if (scene.isFull) return Promise.resolve(fail({ type: 'quotaExceeded' }))
    scene.written += 1
    onWritten?.(key)
    return Promise.resolve(ok(undefined))
  }
  const logs = { append } as Logs
  const clock = { now: () => 5 }
  return scene
}
const bodyOf = (text: string): Bytes => {
  const body = encodeMessage({ text })
  if (!body.ok) throw new Error(body.problem.type)
  return body.value
}
const texts = (outgoing: ReturnType<ReturnType<typeof createScene>['outgoing']>) =>
  outgoing.list().map(({ content, problem }) => [content.text, problem?.type])

test('ux 12, 42: what a full disk did not take stays with its problem, over a reload too, until it is written', async () => {
  const scene = createScene()
  const outgoing = scene.outgoing()
  for (const text of ['one', 'two']) outgoing.add({ text }, bodyOf(text))
  await vi.waitFor(() =>
    expect(texts(outgoing)).toEqual([
      ['one', 'quotaExceeded'],
      ['two', 'quotaExceeded'],
    ]),
  )

  const again = scene.outgoing()
  expect(texts(again)).toEqual([
    ['one', undefined],
    ['two', undefined],
  ])
  await vi.waitFor(() =>
    expect(texts(again)).toEqual([
      ['one', 'quotaExceeded'],
      ['two', 'quotaExceeded'],
    ]),
  )

  scene.isFull = false
  again.retry(again.list()[0]?.name ?? '')
  await vi.waitFor(() => expect(texts(again)).toEqual([['two', 'quotaExceeded']]))
  expect(scene.kept.get(room)).toEqual([bodyOf('two')])

  const last = scene.outgoing()
  await vi.waitFor(() => expect(texts(last)).toEqual([]))
  expect(scene.kept.get(room)).toEqual([])
  expect(scene.written).toBe(2)
})

test('P5: what the disk takes at once is kept nowhere else', async () => {
  const scene = createScene()
  scene.isFull = false
  scene.outgoing().add({ text: 'one' }, bodyOf('one'))
  await vi.waitFor(() => expect(scene.written).toBe(1))
  expect(scene.kept.size).toBe(0)
})
