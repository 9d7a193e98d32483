import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  captureKinds,
  idleCapture,
  stepCapture,
  type CaptureEvent,
  type CaptureKind,
  type CaptureProblem,
  type CaptureState,
  type CaptureWishes,
  type Given,
} from './capture-step.ts'

interface Fake {
  kind: CaptureKind
  wish: unknown
}

/** Devices that do as told, and note what is live; throws where two of a kind are. */
const createBench = () => {
  let state: CaptureState<Fake> = idleCapture
  const live = new Set<Fake>()
  const asked: CaptureWishes[] = []
  let asking: CaptureWishes | undefined

  const handle = (event: CaptureEvent<Fake>): void => {
    const step = stepCapture(state, event)
    state = step.state
    for (const effect of step.effects) {
      if (effect.type === 'stop') expect(live.delete(effect.captured)).toBe(true)
      else {
        expect(asking).toBeUndefined()
        asking = effect.wishes
        asked.push(effect.wishes)
      }
    }
  }

  return {
    live,
    asked,
    handle,
    get state() {
      return state
    },
    get isAsked() {
      return asking !== undefined
    },
    wish: (kind: CaptureKind, wish: object | 'off') =>
      handle({ type: 'wished', change: { [kind]: kind === 'screen' && wish !== 'off' ? 'on' : wish } }),
    wishBoth: () => handle({ type: 'wished', change: { audio: {}, camera: {} } }),
    grant(without: readonly CaptureKind[] = []) {
      const wishes = asking
      if (wishes === undefined) return
      asking = undefined
      const given: Given<Fake> = {}
      for (const kind of captureKinds) {
        const wish = wishes[kind]
        if (wish === undefined || without.includes(kind)) continue
        given[kind] = { kind, wish }
        live.add(given[kind])
      }
      handle({ type: 'given', given })
    },
    refuse(type: CaptureProblem['type']) {
      if (asking === undefined) return
      asking = undefined
      handle({ type: 'refused', problem: { type } })
    },
    end(kind: CaptureKind) {
      const captured = [...live].find((each) => each.kind === kind && state.slots[kind].live === each)
      if (captured !== undefined) handle({ type: 'ended', captured })
    },
    liveKinds: () => [...live].map(({ kind }) => kind).sort(),
  }
}
type Bench = ReturnType<typeof createBench>

describe('what is asked for', () => {
  test('microphone and camera in one question', () => {
    const bench = createBench()
    bench.wishBoth()
    bench.wish('screen', {})
    bench.grant()
    bench.grant()
    expect(bench.asked.map((wishes) => Object.keys(wishes).join())).toEqual(['audio,camera', 'screen'])
    expect(bench.liveKinds()).toEqual(['audio', 'camera', 'screen'])
  })

  test('each alone where the two together are refused: one of them may be there', () => {
    const bench = createBench()
    bench.wishBoth()
    bench.refuse('missing')
    bench.grant()
    bench.refuse('missing')
    expect(bench.liveKinds()).toEqual(['audio'])
    expect(bench.state.slots.camera.problem).toEqual({ type: 'missing' })
    expect(bench.isAsked).toBe(false)
  })

  test('nothing again of who has refused, until it is wished again', () => {
    const bench = createBench()
    bench.wish('camera', {})
    bench.refuse('denied')
    bench.handle({ type: 'devicesChanged' })
    expect(bench.isAsked).toBe(false)
    bench.wish('camera', {})
    expect(bench.isAsked).toBe(true)
  })
})

describe('what ends by itself', () => {
  test('an unplugged microphone: the next is asked for at once', () => {
    const bench = createBench()
    bench.wish('audio', { deviceId: 'headset' })
    bench.grant()
    bench.end('audio')
    expect(bench.isAsked).toBe(true)
    bench.grant()
    expect(bench.liveKinds()).toEqual(['audio'])
  })

  test('the last microphone: failed, and taken up again when one is plugged in', () => {
    const bench = createBench()
    bench.wish('audio', {})
    bench.grant()
    bench.end('audio')
    bench.refuse('missing')
    expect(bench.state.slots.audio.problem).toEqual({ type: 'missing' })
    bench.handle({ type: 'devicesChanged' })
    bench.grant()
    expect(bench.liveKinds()).toEqual(['audio'])
  })

  test('a screen: it was stopped in the browser’s own bar, and stays so', () => {
    const bench = createBench()
    bench.wish('screen', {})
    bench.grant()
    bench.end('screen')
    expect(bench.isAsked).toBe(false)
    expect(bench.state.slots.screen.wish).toBeUndefined()
  })

  test('a device that ends over and over is given up', () => {
    const bench = createBench()
    bench.wish('camera', {})
    for (let i = 0; i < 10; i++) {
      bench.grant()
      bench.end('camera')
    }
    expect(bench.asked).toHaveLength(3)
    expect(bench.state.slots.camera.problem).toEqual({ type: 'missing' })
  })
})

const anyKind = fc.constantFrom(...captureKinds)
type Action = (bench: Bench) => void
const wishBoth: Action = (bench) => bench.wishBoth()
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: anyKind.map(
      (kind): Action =>
        (bench) =>
          bench.wish(kind, { kind }),
    ),
  },
  {
    weight: 2,
    arbitrary: anyKind.map(
      (kind): Action =>
        (bench) =>
          bench.wish(kind, 'off'),
    ),
  },
  { weight: 2, arbitrary: fc.constant(wishBoth) },
  { weight: 4, arbitrary: fc.constant<Action>((bench) => bench.grant()) },
  {
    weight: 1,
    arbitrary: anyKind.map(
      (kind): Action =>
        (bench) =>
          bench.grant([kind]),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<CaptureProblem['type']>('denied', 'missing', 'inUse', 'aborted').map(
      (type): Action =>
        (bench) =>
          bench.refuse(type),
    ),
  },
  {
    weight: 2,
    arbitrary: anyKind.map(
      (kind): Action =>
        (bench) =>
          bench.end(kind),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Action>((bench) => bench.handle({ type: 'devicesChanged' })) },
)

const expectOneOfAKind = (bench: Bench): void => {
  for (const kind of captureKinds) {
    const ofKind = [...bench.live].filter((each) => each.kind === kind)
    expect(ofKind.length).toBeLessThanOrEqual(1)
    expect(bench.state.slots[kind].live).toBe(ofKind[0])
  }
}

/** Grants whatever is asked, until nobody is asked any more. */
const grantAll = (bench: Bench): void => {
  for (let i = 0; bench.isAsked; i++) {
    expect(i).toBeLessThan(20)
    bench.grant()
  }
}

test('in any order there is never a second of a kind, and it ends at the latest wishes', () => {
  fc.assert(
    fc.property(fc.array(anyAction, { maxLength: 60 }), (actions) => {
      const bench = createBench()
      for (const act of actions) {
        act(bench)
        expectOneOfAKind(bench)
      }
      grantAll(bench)
      for (const kind of captureKinds) {
        const { wish, live, problem } = bench.state.slots[kind]
        expect(live?.wish).toBe(problem === undefined ? wish : undefined)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('after the end nothing is live, and what comes later is stopped at once', () => {
  fc.assert(
    fc.property(
      fc.array(anyAction, { maxLength: 30 }),
      fc.array(anyAction, { maxLength: 20 }),
      (before, after) => {
        const bench = createBench()
        for (const act of before) act(bench)
        bench.handle({ type: 'disposed' })
        expect(bench.live.size).toBe(0)
        const askedBefore = bench.asked.length
        for (const act of after) {
          act(bench)
          expect(bench.live.size).toBe(0)
        }
        expect(bench.asked).toHaveLength(askedBefore)
      },
    ),
    { numRuns: 1_000 },
  )
})
