/** What a person lets others have. Screen sound comes with the screen. */
export const captureKinds = ['audio', 'camera', 'screen'] as const
export type CaptureKind = (typeof captureKinds)[number]

export interface AudioWish {
  deviceId?: string
  /** Otherwise everything but speech is taken out. */
  isUnfiltered?: boolean
}
export interface CameraWish {
  deviceId?: string
  facing?: 'user' | 'environment'
}
export interface CaptureWishes {
  audio?: AudioWish
  camera?: CameraWish
  screen?: object
}

/**
 * denied: by the person, the browser or the page's policy. missing: there is no such device. inUse: another program has
 * it. insecure: the page did not come by HTTPS, or the browser cannot do it. aborted: anything else.
 */
export interface CaptureProblem {
  type: 'denied' | 'missing' | 'inUse' | 'insecure' | 'aborted'
}

/** `off` lets go of it. */
export interface WishChange {
  audio?: AudioWish | 'off'
  camera?: CameraWish | 'off'
  screen?: 'on' | 'off'
}

interface Slot<Captured> {
  /** Compared as an object: wishing the same once more is another try. */
  wish: object | undefined
  live: Captured | undefined
  problem: CaptureProblem | undefined
  /** How often what was given under this wish has ended by itself. */
  endings: number
}

export interface Asking {
  wishes: CaptureWishes
}

export interface CaptureState<Captured> {
  isDisposed: boolean
  slots: Readonly<Record<CaptureKind, Slot<Captured>>>
  /** One question at a time is before the person. */
  asking: Asking | undefined
  /** Microphone and camera were refused together, so each is asked for alone. */
  asksAlone: boolean
}

export type Given<Captured> = Partial<Record<CaptureKind, Captured>>

export type CaptureEvent<Captured> =
  /** What is not named stays as it is wished. */
  | { type: 'wished'; change: WishChange }
  | { type: 'given'; given: Given<Captured> }
  | { type: 'refused'; problem: CaptureProblem }
  /** Unplugged, or taken away in the browser's own bar. */
  | { type: 'ended'; captured: Captured }
  | { type: 'devicesChanged' }
  | { type: 'disposed' }

export type CaptureEffect<Captured> =
  { type: 'ask'; wishes: CaptureWishes } | { type: 'stop'; captured: Captured }

export interface CaptureStep<Captured> {
  state: CaptureState<Captured>
  effects: readonly CaptureEffect<Captured>[]
}

/** A device that ends as often under one wish is broken, and is not asked for again until something changes. */
const maxEndings = 3

const emptySlot = { wish: undefined, live: undefined, problem: undefined, endings: 0 } as const

export const idleCapture = {
  isDisposed: false,
  slots: { audio: emptySlot, camera: emptySlot, screen: emptySlot },
  asking: undefined,
  asksAlone: false,
} as const satisfies CaptureState<never>

const withSlot = <Captured>(
  state: CaptureState<Captured>,
  kind: CaptureKind,
  change: Partial<Slot<Captured>>,
): CaptureState<Captured> => ({
  ...state,
  slots: { ...state.slots, [kind]: { ...state.slots[kind], ...change } },
})

const isWanting = ({ wish, live, problem }: Slot<unknown>): boolean =>
  wish !== undefined && live === undefined && problem === undefined

/** What to ask for next: microphone and camera at once, so that there is one question; the screen has one of its own. */
const nextWishes = ({ slots, asksAlone }: CaptureState<unknown>): CaptureWishes | undefined => {
  const wanting = captureKinds.filter((kind) => isWanting(slots[kind]))
  const [first, second] = wanting
  if (first === undefined) return undefined
  const areTogether = first === 'audio' && second === 'camera' && !asksAlone
  const kinds = areTogether ? wanting.slice(0, 2) : [first]
  return Object.fromEntries(kinds.map((kind) => [kind, slots[kind].wish]))
}

/** Asks if something is wanted and nobody is being asked. */
const askNext = <Captured>(step: CaptureStep<Captured>): CaptureStep<Captured> => {
  const { state, effects } = step
  if (state.isDisposed || state.asking !== undefined) return step
  const wishes = nextWishes(state)
  if (wishes === undefined) return { state: { ...state, asksAlone: false }, effects }
  return { state: { ...state, asking: { wishes } }, effects: [...effects, { type: 'ask', wishes }] }
}

const stopping = <Captured>(captured: Captured | undefined): CaptureEffect<Captured>[] =>
  captured === undefined ? [] : [{ type: 'stop', captured }]

/** A wish of its own, so that one for the same device is told from the one before. */
const wishOf = (wished: object | 'on' | 'off'): object | undefined => {
  if (wished === 'off') return undefined
  return wished === 'on' ? {} : { ...wished }
}

const onWished = <Captured>(before: CaptureState<Captured>, change: WishChange): CaptureStep<Captured> => {
  if (before.isDisposed) return { state: before, effects: [] }
  let state = before
  const effects: CaptureEffect<Captured>[] = []
  for (const kind of captureKinds) {
    const wished = change[kind]
    if (wished === undefined) continue
    // The old one first: many a phone opens one camera only, and never two of a kind are live.
    effects.push(...stopping(state.slots[kind].live))
    state = withSlot<Captured>(state, kind, { ...emptySlot, wish: wishOf(wished) })
  }
  return { state, effects }
}

const onGiven = <Captured>(before: CaptureState<Captured>, given: Given<Captured>): CaptureStep<Captured> => {
  const asked = before.asking?.wishes ?? {}
  let state: CaptureState<Captured> = { ...before, asking: undefined }
  const effects: CaptureEffect<Captured>[] = []
  for (const kind of captureKinds) {
    const captured = given[kind]
    const slot = state.slots[kind]
    const isStillWanted = isWanting(slot) && slot.wish === asked[kind]
    if (captured !== undefined && isStillWanted) state = withSlot(state, kind, { live: captured })
    else if (captured !== undefined) effects.push(...stopping(captured))
    else if (isStillWanted) state = withSlot(state, kind, { problem: { type: 'missing' } })
  }
  return { state, effects }
}

const onRefused = <Captured>(
  before: CaptureState<Captured>,
  problem: CaptureProblem,
): CaptureStep<Captured> => {
  const asked = before.asking?.wishes ?? {}
  const kinds = captureKinds.filter((kind) => asked[kind] !== undefined)
  let state: CaptureState<Captured> = { ...before, asking: undefined }
  // One of the two may be there, or allowed, all the same.
  if (kinds.length > 1) return { state: { ...state, asksAlone: true }, effects: [] }
  for (const kind of kinds) {
    const slot = state.slots[kind]
    if (isWanting(slot) && slot.wish === asked[kind]) state = withSlot(state, kind, { problem })
  }
  return { state, effects: [] }
}

const onEnded = <Captured>(state: CaptureState<Captured>, captured: Captured): CaptureStep<Captured> => {
  const kind = captureKinds.find((each) => state.slots[each].live === captured)
  if (kind === undefined) return { state, effects: [] }
  const endings = state.slots[kind].endings + 1
  const problem: CaptureProblem | undefined = endings < maxEndings ? undefined : { type: 'missing' }
  // Who stops sharing in the browser's own bar has stopped; an unplugged device has another after it.
  const change = kind === 'screen' ? emptySlot : { live: undefined, endings, problem }
  return { state: withSlot<Captured>(state, kind, change), effects: stopping(captured) }
}

/** What was not there, or taken, may be there now. */
const onDevicesChanged = <Captured>(before: CaptureState<Captured>): CaptureStep<Captured> => {
  let state = before
  for (const kind of captureKinds) {
    const why = state.slots[kind].problem?.type
    if (why === 'missing' || why === 'inUse')
      state = withSlot<Captured>(state, kind, { problem: undefined, endings: 0 })
  }
  return { state, effects: [] }
}

const onDisposed = <Captured>(state: CaptureState<Captured>): CaptureStep<Captured> => ({
  state: { ...state, isDisposed: true, slots: idleCapture.slots },
  effects: captureKinds.flatMap((kind) => stopping(state.slots[kind].live)),
})

const decide = <Captured>(
  state: CaptureState<Captured>,
  event: CaptureEvent<Captured>,
): CaptureStep<Captured> => {
  switch (event.type) {
    case 'wished':
      return onWished(state, event.change)
    case 'given':
      return onGiven(state, event.given)
    case 'refused':
      return onRefused(state, event.problem)
    case 'ended':
      return onEnded(state, event.captured)
    case 'devicesChanged':
      return onDevicesChanged(state)
    case 'disposed':
      return onDisposed(state)
  }
}

/**
 * What to do about microphone, camera and screen: one question at a time, the latest wish wins, and whatever comes for an
 * older one, or after the end, is stopped at once. `Captured` is whatever stands for what is live.
 */
export const stepCapture = <Captured>(
  state: CaptureState<Captured>,
  event: CaptureEvent<Captured>,
): CaptureStep<Captured> => askNext(decide(state, event))
