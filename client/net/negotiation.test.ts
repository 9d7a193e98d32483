import { expect, test } from 'vitest'
import { createFakeClock } from '../core/testing/fake-clock.ts'
import type { ConnectionSignal } from './introduction-payload.ts'
import { createNegotiation, type Describing, type Description } from './negotiation.ts'

const settle = () => new Promise((resolve) => setImmediate(resolve))
const fingerprint = (byte: string) => `a=fingerprint:sha-256 ${Array(32).fill(byte).join(':')}`

/** Describes without a network: `ufrag` changes with each restart, media lines are those that were added. */
const createFakeConnection = (letter: string) => {
  let restarts = 0
  let made = 0
  let signalingState: RTCSignalingState = 'stable'
  const applied: string[] = []
  const candidates: string[] = []
  const state = {
    lines: 0,
    willFail: false,
    ufragInUse: undefined as string | undefined,
    ufragOfAnswers: undefined as string | undefined,
  }
  const sdp = () => {
    made += 1
    const media = 'm=audio 9 X\r\n'.repeat(state.lines)
    return `v=0\r\na=made:${made}\r\nm=application 9 X\r\na=ice-ufrag:${state.ufragOfAnswers ?? `${letter}${restarts}`}\r\n${fingerprint(letter)}\r\n${media}`
  }
  const pc: Describing = {
    localDescription: null,
    iceGatheringState: 'complete',
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    createOffer: () => Promise.resolve({ type: 'offer', sdp: sdp() }),
    createAnswer: () => {
      expect(signalingState).toBe('have-remote-offer')
      return Promise.resolve({ type: 'answer', sdp: sdp() })
    },
    setLocalDescription(description) {
      signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable'
      applied.push(`local ${description.type}`)
      return Promise.resolve()
    },
    setRemoteDescription({ type }) {
      if (state.willFail) return Promise.reject(new Error('not a description'))
      expect(signalingState).toBe(type === 'offer' ? 'stable' : 'have-local-offer')
      signalingState = type === 'offer' ? 'have-remote-offer' : 'stable'
      applied.push(`remote ${type}`)
      return Promise.resolve()
    },
    addIceCandidate(candidate) {
      candidates.push(candidate.candidate ?? '')
      return Promise.reject(new Error('a way fewer'))
    },
    restartIce: () => void (restarts += 1),
    getStats: () =>
      Promise.resolve(
        new Map([
          [1, { id: 'T', type: 'transport', selectedCandidatePairId: 'P' }],
          [2, { id: 'P', type: 'candidate-pair', remoteCandidateId: 'R' }],
          [3, { id: 'R', type: 'remote-candidate', usernameFragment: state.ufragInUse }],
        ]),
      ),
  }
  return { pc, applied, candidates, state, first: sdp, signalingState: () => signalingState }
}

type Side = 'server' | 'link'

/** Two ends; what they say waits in `said` until the test passes it on. */
const createPair = async () => {
  const clock = createFakeClock()
  const said: { to: 'anna' | 'bert'; way: Side; signal: ConnectionSignal }[] = []
  const failures: string[] = []
  const createEnd = (name: 'anna' | 'bert', letter: string) => {
    const to = name === 'anna' ? 'bert' : 'anna'
    const fake = createFakeConnection(letter)
    const negotiation = createNegotiation({
      pc: fake.pc,
      isOfferer: name === 'anna',
      clock,
      beforeNewWays: () => (end.newWays += 1),
      onSignal: (signal) => said.push({ to, way: 'server', signal }),
      onFailure: (why) => failures.push(`${name}: ${why}`),
    })
    const end = { ...fake, negotiation, settled: 0, newWays: 0 }
    const keep = () =>
      negotiation.keepLines({
        maxLines: 5,
        addLines: () => (fake.state.lines = 4),
        say: (signal: Description) => said.push({ to, way: 'link', signal }),
        beforeAnswer: () => undefined,
        settled: () => (end.settled += 1),
      })
    return Object.assign(end, { keep })
  }
  const ends = { anna: createEnd('anna', 'AA'), bert: createEnd('bert', 'BB') }
  const pass = async (which: (typeof said)[number] | undefined): Promise<void> => {
    if (which === undefined) throw new Error('nothing was said')
    said.splice(said.indexOf(which), 1)
    ends[which.to].negotiation.hear(which.signal, which.way)
    await settle()
  }
  const passAll = async (): Promise<void> => {
    await settle()
    while (said.length > 0) await pass(said[0])
  }
  await ends.anna.pc.setLocalDescription({ type: 'offer' })
  ends.anna.negotiation.offeredFirst(ends.anna.first())
  await passAll()
  for (const end of [ends.anna, ends.bert]) {
    end.keep()
    end.applied.length = 0
  }
  return { clock, said, failures, pass, passAll, ...ends }
}

const candidateOf = (round: number, candidate: string): ConnectionSignal => ({
  type: 'candidate',
  round,
  candidate,
  sdpMid: '0',
  sdpMLineIndex: 0,
})

test('C3: the lines are offered over the Link, and in force at once', async () => {
  const { anna, bert, said, passAll, failures } = await createPair()
  anna.negotiation.offerLines()
  await settle()
  expect(said.map(({ way, signal }) => `${way} ${signal.type} ${signal.round}`)).toEqual(['link offer 2'])
  expect(anna.signalingState()).toBe('have-local-offer')
  await passAll()
  expect([anna.settled, bert.settled]).toEqual([1, 1])
  expect(failures).toEqual([])
})

test('S8: before new ways are looked for, and only then, both ends hear of it', async () => {
  const { anna, bert, passAll } = await createPair()
  anna.negotiation.offerLines()
  await passAll()
  expect([anna.newWays, bert.newWays]).toEqual([0, 0])
  anna.negotiation.restartIce()
  await passAll()
  expect([anna.newWays, bert.newWays]).toEqual([1, 1])
})

test('L6: an offer of new ways is in force together with its answer', async () => {
  const { anna, said, passAll } = await createPair()
  anna.negotiation.restartIce()
  anna.negotiation.restartIce() // both sides notice the same trouble
  await settle()
  expect(said.map(({ way, signal }) => `${way} ${signal.type}`)).toEqual(['server offer'])
  expect(anna.applied).toEqual([])
  await passAll()
  expect(anna.applied).toEqual(['local offer', 'remote answer'])
})

test('L6: asked for new ways by who can be reached again, an offer that got lost is not waited for', async () => {
  const { anna, clock, said } = await createPair()
  anna.negotiation.restartIce()
  await settle()
  expect(said.splice(0)).toHaveLength(1) // nobody was there to hear it
  await clock.advance(999)
  anna.negotiation.restartIce(true) // may have crossed it
  await settle()
  expect(said).toEqual([])
  await clock.advance(1)
  anna.negotiation.restartIce(true)
  await settle()
  expect(said.map(({ way, signal }) => `${way} ${signal.type}`)).toEqual(['server offer'])
})

test('L6: an offer that got lost is made again, and the late answer to it means nothing', async () => {
  const { anna, bert, clock, said, pass, passAll, failures } = await createPair()
  anna.negotiation.restartIce()
  await settle()
  await pass(said[0])
  const late = said.shift()
  await clock.advance(3_999)
  anna.negotiation.restartIce()
  expect(said).toEqual([])
  await clock.advance(1)
  anna.negotiation.restartIce()
  await settle()
  anna.negotiation.hear(late!.signal, 'server')
  await passAll()
  expect(anna.applied).toEqual(['local offer', 'remote answer'])
  expect(bert.settled).toBe(2)
  expect(failures).toEqual([])
})

test('L6: new ways that lead to the other’s old end are looked for again, and not for ever', async () => {
  const { anna, bert, clock, said, passAll } = await createPair()
  const ways = async (): Promise<number> => {
    anna.negotiation.restartIce()
    let count = 0
    for (let i = 0; i < 10; i++) {
      await settle()
      count += said.filter(({ signal }) => signal.type === 'offer').length
      await passAll()
      await clock.advance(2_000)
    }
    return count
  }
  expect(await ways()).toBe(1) // where the browser does not tell
  anna.state.ufragInUse = 'BB0'
  bert.state.ufragOfAnswers = 'BB1'
  expect(await ways()).toBe(3)
  anna.state.ufragInUse = 'BB1'
  expect(await ways()).toBe(1)
})

test('C3, L6: new ways take the place of lines without an answer, and bring them along', async () => {
  const { anna, bert, said, pass, passAll, failures } = await createPair()
  anna.negotiation.offerLines()
  await settle()
  const lines = said[0]!
  anna.negotiation.restartIce()
  await settle()
  const ways = said.find(({ way }) => way === 'server')!
  expect(ways.signal).toMatchObject({ type: 'offer', round: 3 })
  expect('sdp' in ways.signal && ways.signal.sdp).toContain('m=audio')
  await pass(ways)
  await pass(lines) // the older one comes later, and is known as old
  await passAll()
  expect(anna.settled).toBe(1)
  expect(bert.settled).toBe(1)
  expect(failures).toEqual([])
})

test('C3, L6: lines wait for new ways, and try those again that got lost', async () => {
  const { anna, clock, said, passAll, failures } = await createPair()
  anna.negotiation.restartIce()
  await settle()
  anna.negotiation.offerLines()
  await settle()
  said.length = 0 // lost
  await clock.advance(4_000)
  await passAll()
  expect(anna.state.lines).toBe(4)
  expect(anna.settled).toBe(2)
  expect(failures).toEqual([])
})

test('C3: lines whose offer was overtaken before it was made still come', async () => {
  const { anna, said, passAll } = await createPair()
  anna.negotiation.offerLines()
  anna.negotiation.restartIce()
  await passAll()
  expect(said).toEqual([])
  expect(anna.state.lines).toBe(4)
  expect(anna.settled).toBe(2)
})

test('S1: who was dialled offers nothing, and no offer is taken from there', async () => {
  const { anna, bert, said, failures } = await createPair()
  bert.negotiation.restartIce()
  bert.negotiation.offerLines()
  anna.negotiation.hear({ type: 'offer', round: 9, sdp: bert.first() }, 'link')
  await settle()
  expect(said).toEqual([])
  expect(anna.applied).toEqual([])
  expect(failures).toEqual([])
})

test('L2: a description with another certificate, or with too many lines, is not taken', async () => {
  const { anna, bert } = await createPair()
  const sdp = anna.first()
  bert.negotiation.hear({ type: 'offer', round: 5, sdp: sdp.replace(/AA:/g, 'CC:') }, 'server')
  bert.negotiation.hear({ type: 'offer', round: 5, sdp: `${sdp}${'m=video 9 X\r\n'.repeat(5)}` }, 'server')
  await settle()
  expect(bert.applied).toEqual([])
  bert.negotiation.hear({ type: 'offer', round: 5, sdp }, 'server')
  await settle()
  expect(bert.applied).toEqual(['remote offer', 'local answer'])
})

test('L2: before the other has proved itself there is no media in a description', async () => {
  const clock = createFakeClock()
  const fake = createFakeConnection('BB')
  const negotiation = createNegotiation({
    pc: fake.pc,
    isOfferer: false,
    clock,
    onSignal: () => undefined,
    onFailure: () => undefined,
  })
  const other = createFakeConnection('AA')
  other.state.lines = 1
  negotiation.hear({ type: 'offer', round: 1, sdp: other.first() }, 'server')
  await settle()
  expect(fake.applied).toEqual([])
})

test('L6: candidates wait for their description, and those from before a restart are dropped', async () => {
  const { anna, bert, said, pass, failures } = await createPair()
  bert.negotiation.hear(candidateOf(2, 'new host ufrag AA1'), 'server')
  bert.negotiation.hear(candidateOf(1, 'now host ufrag AA0'), 'server')
  bert.negotiation.hear(candidateOf(1, 'unnamed host'), 'server')
  await settle()
  expect(bert.candidates).toEqual(['now host ufrag AA0', 'unnamed host'])
  anna.negotiation.restartIce()
  await settle()
  await pass(said[0])
  bert.negotiation.hear(candidateOf(1, 'old host ufrag AA0'), 'server')
  bert.negotiation.hear(candidateOf(1, 'old unnamed host'), 'server')
  await settle()
  expect(bert.candidates.slice(2)).toEqual(['new host ufrag AA1'])
  expect(failures).toEqual([]) // though the browser refused every one
})

test('a description that the browser refuses ends the connection, once it is not closed already', async () => {
  const { anna, bert, said, pass, failures } = await createPair()
  bert.state.willFail = true
  anna.negotiation.restartIce()
  await settle()
  await pass(said[0])
  expect(failures).toEqual(['bert: not a description'])
  bert.negotiation.close()
  anna.negotiation.close()
  anna.negotiation.restartIce()
  anna.negotiation.offerLines()
  await settle()
  expect(said).toEqual([])
})
