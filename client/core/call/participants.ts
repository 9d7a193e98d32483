import type { AccountId } from '../../../shared/identifiers.ts'
import type { LogId } from '../ports.ts'
import type { CallMachine, Peer } from './call-state.ts'
import type { CallFacts } from './ports.ts'
import { compareIds, type PresentStay } from './words.ts'

/** Another device in a call of a room that both its person and ours belong to. */
export interface Participant {
  peer: Peer
  account: AccountId
  stay: PresentStay
}

/** What a device says of itself counts only where its person and ours are of the room (C2). */
const believe = (peer: Peer, facts: CallFacts): Participant | undefined => {
  const { stay } = peer
  if (!stay || peer.device === facts.device) return undefined
  const account = facts.accountOf(peer.device)
  if (account === undefined || !facts.mayHear(stay.call.room, account)) return undefined
  return facts.mayHear(stay.call.room, facts.account) ? { peer, account, stay } : undefined
}

/** Every other device that is in some call we may know of. */
export const allParticipants = (state: Pick<CallMachine, 'peers'>, facts: CallFacts): Participant[] => {
  const found: Participant[] = []
  for (const peer of state.peers.values()) {
    const participant = believe(peer, facts)
    if (participant) found.push(participant)
  }
  return found
}

/** The other devices in a room's call, in the order in which they came: whichever call of it they say, as those are becoming one. */
export const participantsIn = (
  state: Pick<CallMachine, 'peers'>,
  room: LogId,
  facts: CallFacts,
): Participant[] =>
  allParticipants(state, facts)
    .filter(({ stay }) => stay.call.room === room)
    .sort((left, right) => compareEntries(entryOf(left), entryOf(right)))

interface Entering {
  enteredAtMs: number
  device: string
}

const entryOf = ({ peer, stay }: Participant): Entering => ({
  enteredAtMs: stay.enteredAtMs,
  device: peer.device,
})

/** Who came first; the lower device of two that came at once. */
export const compareEntries = (left: Entering, right: Entering): number =>
  left.enteredAtMs - right.enteredAtMs || compareIds(left.device, right.device)

export const isBeforeUs = (participant: Participant, ours: Entering): boolean =>
  compareEntries(entryOf(participant), ours) < 0

/** It is reachable, and has said over its present Link that it is there. */
export const isSure = ({ peer }: Participant): boolean => peer.isLinked && peer.lostAtMs === undefined
