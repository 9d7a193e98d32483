import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCamera, type CameraState } from './camera.ts'

/** A browser that asks a person, who answers when the test says so. */
const createFakeDevices = () => {
  const asked: { grant: () => void; refuse: (name: string) => void }[] = []
  const running = new Set<object>()
  return {
    asked,
    running,
    port: {
      getUserMedia: () =>
        new Promise<MediaStream>((resolve, reject) => {
          asked.push({
            grant() {
              const track = { stop: () => running.delete(track) }
              running.add(track)
              resolve({ getTracks: () => [track] } as unknown as MediaStream)
            },
            refuse(name) {
              reject(Object.assign(new Error(name), { name }))
            },
          })
        }),
    },
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('ux 32: leaving while the browser asks stops what is granted later', async () => {
  const { port, asked, running } = createFakeDevices()
  const states: CameraState['status'][] = []
  const camera = createCamera(port, ({ status }) => states.push(status))
  const opened = camera.open()
  camera.close()
  asked[0]!.grant()
  await opened
  expect(running.size).toBe(0)
  expect(states).toEqual(['closed', 'asking', 'closed'])
})

test.each([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
])('ux 32: %s is told as %s', async (name, why) => {
  const { port, asked } = createFakeDevices()
  let last: CameraState | undefined
  const camera = createCamera(port, (state) => (last = state))
  const opened = camera.open()
  asked[0]!.refuse(name)
  await opened
  expect(last).toEqual({ status: 'failed', why })
})

test('ux 32: a browser without cameras is told so', async () => {
  let last: CameraState | undefined
  await createCamera(undefined, (state) => (last = state)).open()
  expect(last).toEqual({ status: 'failed', why: 'unsupported' })
})

test('ux 32: in every order of opening, closing, granting and refusing at most one camera runs, and none after the end', async () => {
  const event = fc.oneof(
    fc.constant('open' as const),
    fc.constant('close' as const),
    fc.record({ answer: fc.constantFrom('grant' as const, 'refuse' as const), which: fc.nat(5) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 20 }), async (events) => {
      const { port, asked, running } = createFakeDevices()
      const states: CameraState[] = []
      const camera = createCamera(port, (state) => states.push(state))
      const answered = new Set<number>()
      const answer = (which: number, how: 'grant' | 'refuse') => {
        if (answered.has(which) || which >= asked.length) return
        answered.add(which)
        if (how === 'grant') asked[which]!.grant()
        else asked[which]!.refuse('NotAllowedError')
      }
      for (const step of events) {
        if (step === 'open') void camera.open()
        else if (step === 'close') camera.close()
        else answer(step.which, step.answer)
        await settle()
        expect(running.size).toBe(states.at(-1)?.status === 'showing' ? 1 : 0)
      }
      camera.close()
      asked.forEach((_, which) => answer(which, 'grant'))
      await settle()
      expect(running.size).toBe(0)
      expect(states.at(-1)).toEqual({ status: 'closed' })
    }),
  )
})
