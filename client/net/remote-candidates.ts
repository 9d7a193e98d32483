import type { ConnectionSignal } from './introduction-payload.ts'

export type RemoteCandidate = Extract<ConnectionSignal, { type: 'candidate' }>

export interface TakingCandidates {
  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void>
}

export interface RemoteCandidates {
  take(candidate: RemoteCandidate): Promise<void>
  /** A description of theirs is in force: what came ahead of it can be used. */
  described(round: number, sdp: string): Promise<void>
}

/** Candidates kept ahead of the description they belong to; there are a handful for each network. */
const maxEarly = 64

/** Gives the connection the other side's candidates, each in its time; for those from before a restart it never is. */
export const createRemoteCandidates = (pc: TakingCandidates): RemoteCandidates => {
  let early: RemoteCandidate[] = []
  /** The newest description of theirs that is in force. */
  let remote: { round: number; sdp: string } | undefined

  const isOfThisGathering = ({ candidate, round }: RemoteCandidate): boolean => {
    if (remote === undefined) return false
    const ufrag = / ufrag (\S+)/.exec(candidate)?.[1] // Firefox says none
    return ufrag === undefined ? round === remote.round : remote.sdp.includes(`a=ice-ufrag:${ufrag}`)
  }

  const add = async ({ candidate, sdpMid, sdpMLineIndex }: RemoteCandidate): Promise<void> => {
    try {
      await pc.addIceCandidate({ candidate, sdpMid, sdpMLineIndex })
    } catch {
      // One way fewer, as with a name that cannot be looked up here: the others are tried all the same.
    }
  }

  const take = async (candidate: RemoteCandidate): Promise<void> => {
    if (isOfThisGathering(candidate)) await add(candidate)
    else if (candidate.round > (remote?.round ?? 0) && early.length < maxEarly) early.push(candidate)
  }

  return {
    take,
    async described(round, sdp) {
      remote = { round, sdp }
      const waiting = early
      early = []
      for (const candidate of waiting) await take(candidate)
    },
  }
}
