import type { AccountId, DeviceId } from '../../../../shared/identifiers.ts'
import type { LogId } from '../../ports.ts'
import type { PlacedSummary } from '../../room/call-lines.ts'
import type { CallEvent, CallWish } from '../call-events.ts'
import { stepCalls } from '../call-machine.ts'
import { beginCalls, type CallMachine, type CallTimer, type Stay } from '../call-state.ts'
import { viewCalls, type CallView } from '../call-view.ts'
import type { CallFacts } from '../ports.ts'
import type { CallId, CallMessage, Sending } from '../words.ts'

/** Devices whose call machines talk over links in memory: nothing arrives, and no timer runs, before the test says so. */

export const quiet: Sending = { audio: 'on', camera: false, screen: false, hand: false }

type Arrival =
  | { type: 'down' }
  | { type: 'up'; epoch: number }
  | { type: 'message'; epoch: number; message: CallMessage }
  | { type: 'media'; epoch: number }
  | { type: 'facts'; room: LogId; members: ReadonlySet<AccountId> }

export interface Node {
  device: DeviceId
  account: AccountId
  machine: CallMachine
  timers: Map<CallTimer, number>
  rooms: Map<LogId, ReadonlySet<AccountId>>
  blocked: Set<AccountId>
  skewMs: number
  /** The link to each other device as this side sees it. */
  epochs: Map<DeviceId, number>
  media: Set<DeviceId>
  reactions: string[]
  /** What this device told, and to whom. */
  told: { to: DeviceId; message: CallMessage }[]
  remembered: CallId | undefined
}

interface Line {
  isAlive: boolean
  epoch: number
}

const nameOf = (left: DeviceId, right: DeviceId) => [left, right].sort().join(' ')

export const createCallNetwork = (
  people: readonly { account: AccountId; devices: readonly DeviceId[]; skewMs?: number }[],
  rooms: readonly { room: LogId; members: readonly AccountId[]; isDirect: boolean }[],
) => {
  let now = 1_700_000_000_000
  let ids = 0
  const accounts = new Map(people.flatMap((one) => one.devices.map((device) => [device, one.account])))
  const direct = new Set(rooms.filter(({ isDirect }) => isDirect).map(({ room }) => room))
  const nodes = new Map<DeviceId, Node>()
  const lines = new Map<string, Line>()
  const inbox = new Map<DeviceId, Map<DeviceId | 'facts', Arrival[]>>()
  const summaries: (PlacedSummary & { room: LogId; from: DeviceId })[] = []
  /** Every call anybody was in, and which became one. */
  const seen = new Map<CallId, Set<CallId>>()

  for (const { account, devices, skewMs = 0 } of people)
    for (const device of devices) {
      nodes.set(device, {
        device,
        account,
        machine: beginCalls(),
        timers: new Map(),
        rooms: new Map(rooms.map(({ room, members }) => [room, new Set(members)])),
        blocked: new Set(),
        skewMs,
        epochs: new Map(),
        media: new Set(),
        reactions: [],
        told: [],
        remembered: undefined,
      })
      inbox.set(device, new Map())
    }

  const node = (device: DeviceId): Node => {
    const found = nodes.get(device)
    if (!found) throw new Error(`no device ${device}`)
    return found
  }
  const factsOf = (one: Node): CallFacts => ({
    device: one.device,
    account: one.account,
    accountOf: (device) => accounts.get(device),
    mayHear: (room, account) => one.rooms.get(room)?.has(account) ?? false,
    isDirect: (room) => direct.has(room),
    isBlocked: (account) => one.blocked.has(account),
  })
  const facts = new Map([...nodes].map(([device, one]) => [device, factsOf(one)]))
  const factsFor = (device: DeviceId): CallFacts => facts.get(device) ?? factsOf(node(device))
  const post = (to: DeviceId, from: DeviceId | 'facts', arrival: Arrival) => {
    const box = inbox.get(to)
    box?.set(from, [...(box.get(from) ?? []), arrival])
  }
  const lineOf = (left: DeviceId, right: DeviceId): Line => {
    const name = nameOf(left, right)
    const line = lines.get(name) ?? { isAlive: false, epoch: 0 }
    lines.set(name, line)
    return line
  }
  const send = (from: Node, to: DeviceId, arrival: (epoch: number) => Arrival) => {
    const line = lineOf(from.device, to)
    if (line.isAlive && from.epochs.get(to) === line.epoch) post(to, from.device, arrival(line.epoch))
  }
  const noteStay = ({ call, aliases }: Stay) => {
    const known = seen.get(call.id) ?? new Set()
    seen.set(call.id, known)
    for (const alias of aliases) known.add(alias)
  }

  const dispatch = (device: DeviceId, event: CallEvent) => {
    const one = node(device)
    if (event.type === 'timer') one.timers.delete(event.name)
    const nowMs = now + one.skewMs
    const { state, effects } = stepCalls(one.machine, event, { facts: factsFor(device), nowMs })
    one.machine = state
    if ('stay' in state.call) noteStay(state.call.stay)
    for (const effect of effects)
      switch (effect.type) {
        case 'tell': {
          const { message } = effect
          one.told.push({ to: effect.device, message })
          send(one, effect.device, (epoch) => ({ type: 'message', epoch, message }))
          break
        }
        case 'openMedia': {
          one.media.add(effect.device)
          if (!node(effect.device).media.has(device)) break
          send(one, effect.device, (epoch) => ({ type: 'media', epoch }))
          send(node(effect.device), device, (epoch) => ({ type: 'media', epoch }))
          break
        }
        case 'closeMedia':
          one.media.delete(effect.device)
          break
        case 'startTimer':
          one.timers.set(effect.name, now + effect.afterMs)
          break
        case 'stopTimer':
          one.timers.delete(effect.name)
          break
        case 'writeSummary':
          summaries.push({
            key: {
              ms: nowMs,
              counter: summaries.length,
              feed: [...nodes.keys()].indexOf(device),
              page: 0,
              seq: 0,
            },
            writer: one.account,
            summary: effect.summary,
            room: effect.room,
            from: device,
          })
          break
        case 'showReaction':
          one.reactions.push(effect.emoji)
          break
        case 'remember':
          one.remembered = effect.call
          break
        case 'setSending':
          break
      }
  }

  const arrive = (device: DeviceId, from: DeviceId | 'facts') => {
    const box = inbox.get(device)
    const [arrival, ...rest] = box?.get(from) ?? []
    if (!arrival) return
    if (rest.length > 0) box?.set(from, rest)
    else box?.delete(from)
    const one = node(device)
    if (arrival.type === 'facts') {
      one.rooms.set(arrival.room, arrival.members)
      dispatch(device, { type: 'factsChanged' })
      return
    }
    if (from === 'facts') return
    switch (arrival.type) {
      case 'down':
        one.epochs.delete(from)
        dispatch(device, { type: 'linkDown', device: from })
        return
      case 'up':
        one.epochs.set(from, arrival.epoch)
        dispatch(device, { type: 'linkUp', device: from })
        return
      case 'message':
        if (one.epochs.get(from) === arrival.epoch)
          dispatch(device, { type: 'message', device: from, message: arrival.message })
        return
      case 'media':
        if (one.epochs.get(from) === arrival.epoch) dispatch(device, { type: 'mediaUp', device: from })
        return
    }
  }

  const network = {
    nodes,
    summaries,
    seen,
    get now() {
      return now
    },
    freshId: (): CallId => `call-${String(++ids).padStart(4, '0')}` as CallId,
    wish: (device: DeviceId, wish: CallWish) => dispatch(device, wish),
    dispatch,
    view: (device: DeviceId): CallView => viewCalls(node(device).machine, factsFor(device)),
    node,
    factsFor,
    connect(left: DeviceId, right: DeviceId) {
      const line = lineOf(left, right)
      if (line.isAlive) return
      line.isAlive = true
      line.epoch += 1
      post(left, right, { type: 'up', epoch: line.epoch })
      post(right, left, { type: 'up', epoch: line.epoch })
    },
    cut(left: DeviceId, right: DeviceId, losesWhatIsUnderWay = false) {
      const line = lineOf(left, right)
      if (!line.isAlive) return
      line.isAlive = false
      for (const [to, from] of [
        [left, right],
        [right, left],
      ] as const) {
        if (losesWhatIsUnderWay) {
          const box = inbox.get(to)
          const kept = (box?.get(from) ?? []).filter(({ type }) => type === 'up' || type === 'down')
          box?.set(from, kept)
        }
        post(to, from, { type: 'down' })
      }
    },
    connectAll() {
      const all = [...nodes.keys()]
      for (const [index, left] of all.entries())
        for (const right of all.slice(index + 1)) network.connect(left, right)
    },
    setMembers(room: LogId, members: readonly AccountId[]) {
      for (const device of nodes.keys())
        post(device, 'facts', { type: 'facts', room, members: new Set(members) })
    },
    /** What waits to arrive: for whom, and from where. */
    waiting(): [DeviceId, DeviceId | 'facts'][] {
      return [...inbox].flatMap(([to, box]) =>
        [...box]
          .filter(([, list]) => list.length > 0)
          .map(([from]): [DeviceId, DeviceId | 'facts'] => [to, from]),
      )
    },
    arrive,
    dueTimers(): [DeviceId, CallTimer][] {
      return [...nodes.values()].flatMap((one) =>
        [...one.timers]
          .filter(([, due]) => due <= now)
          .map(([name]): [DeviceId, CallTimer] => [one.device, name]),
      )
    },
    fire: (device: DeviceId, name: CallTimer) => dispatch(device, { type: 'timer', name }),
    pass(ms: number) {
      now += ms
    },
    /** Everything arrives; no time passes. */
    deliver() {
      for (let rounds = 0; rounds < 100_000; rounds++) {
        const [first] = network.waiting()
        if (!first) return
        arrive(...first)
      }
      throw new Error('the devices never stop talking')
    },
    /** Everything arrives, and time passes timer by timer for `ms`. */
    run(ms: number) {
      const end = now + ms
      network.deliver()
      for (;;) {
        const next = Math.min(...[...nodes.values()].flatMap((one) => [...one.timers.values()]))
        if (next > end) break
        now = Math.max(now, next)
        for (const [device, name] of network.dueTimers())
          if (node(device).timers.has(name)) network.fire(device, name)
        network.deliver()
      }
      now = end
    },
    /** The page is loaded anew. */
    reload(device: DeviceId) {
      for (const other of nodes.keys()) if (other !== device) network.cut(device, other, true)
      const one = node(device)
      one.timers.clear()
      one.media.clear()
      one.epochs.clear()
      inbox.get(device)?.clear()
      one.machine = beginCalls(one.remembered)
    },
  }
  return network
}

export type CallNetwork = ReturnType<typeof createCallNetwork>
