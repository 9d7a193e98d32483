import type { DeviceId } from '../../shared/identifiers.ts'
import { familyLimits, linkLimits } from '../../shared/limits.ts'
import { linkChannels, type Clock, type Link, type LinkRefusal } from '../core/ports.ts'
import { createTurns } from '../core/sync/turns.ts'
import { parseFamilyMessage, type FamilyMessage, type Sender } from './family-message.ts'

/**
 * What the core thinks of an update: it fits, something before it is missing, nobody vouches yet for some that wrote it, or it must not be. Of
 * an early one the core takes by itself what it may, and it says itself when there are too many of them.
 */
export type Verdict = 'admitted' | 'gap' | 'early' | 'refused'
/** The core notes by itself what it refuses. */
export type Admit = (update: Uint8Array<ArrayBuffer>, from: DeviceId) => Promise<Verdict>

export interface GateEntry {
  link: Link
  sender: Sender
  /** Hands a message that may pass to y-webrtc. */
  pass: (message: Uint8Array<ArrayBuffer>) => void
  /** Asks the other side for what we lack. */
  ask: () => void
}

export interface FamilyGate {
  attach(entry: GateEntry): void
}

export interface FamilyGateOptions {
  admit: Admit
  onBug: (error: unknown) => void
  /** What is refused before the core sees it. */
  onRefusal: (refusal: LinkRefusal) => void
  /** With it, a long queue leaves the rest of the page its turns. */
  clock?: Pick<Clock, 'now' | 'setTimer'> | undefined
}

/** What a waiting message counts: a flood of empty ones has its end too. */
const sizeOf = (bytes: Uint8Array): number => bytes.length + linkLimits.bookkeepingBytes

/**
 * Stands between the Links and y-webrtc (L2, P3). One message at a time, whichever Link it came by: a judgement of the
 * core is about the document as it is at that moment, and holds only until the next update.
 */
export const createFamilyGate = ({ admit, onBug, onRefusal, clock }: FamilyGateOptions): FamilyGate => {
  let queue: Promise<void> = Promise.resolve()
  let queued = 0
  const turns = clock && createTurns(clock)

  const attach = ({ link, sender, pass, ask }: GateEntry): void => {
    let refusals = 0
    let waitingBytes = 0
    let isAsking = false

    const note = (why: LinkRefusal['why']): void =>
      onRefusal({ device: link.device, about: { type: 'family' }, why })

    const refuse = (why: string): void => {
      refusals++
      if (refusals >= familyLimits.maxRefusals) link.close({ type: 'refused', why })
    }

    /**
     * Whether the update may pass. A gap is asked about once; an answer to that leaves none. So is what comes early: who vouches for it may
     * stand in what we lack. If the answer is early too, it comes again when more is known.
     */
    const judge = async (
      message: Extract<FamilyMessage, { update: Uint8Array<ArrayBuffer> }>,
    ): Promise<boolean> => {
      const verdict = await admit(message.update, link.device)
      if (message.type === 'wholeUpdate') isAsking = false
      if ((verdict === 'gap' || verdict === 'early') && message.type === 'update') {
        if (!isAsking) ask()
        isAsking = true
      } else if (verdict !== 'admitted' && verdict !== 'early') {
        if (verdict === 'gap') note('gapRemains')
        refuse(`family update ${verdict}`)
      }
      return verdict === 'admitted'
    }

    const isOpen = (): boolean => link.isOpen

    const handle = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      if (!isOpen()) return
      const message = parseFamilyMessage(bytes, sender)
      if (message === undefined) {
        note('notAFamilyMessage')
        return refuse('ill-formed family message')
      }
      const mayPass = 'update' in message ? await judge(message) : true
      if (mayPass && isOpen()) pass(bytes)
    }

    const handleInTurn = async (before: Promise<void>, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      await before
      await turns?.pass()
      try {
        await handle(bytes)
      } catch (error) {
        onBug(error) // the core's or ours; the others behind it in the queue are not to blame
      }
      queued -= 1
      waitingBytes -= sizeOf(bytes)
    }

    link.listen(linkChannels.family, (bytes) => {
      if (!link.isOpen) return
      waitingBytes += sizeOf(bytes)
      if (waitingBytes <= familyLimits.maxWaitingBytes) {
        if (queued === 0) turns?.begin()
        queued += 1
        queue = handleInTurn(queue, bytes)
        return
      }
      note('tooFast')
      link.close({ type: 'refused', why: 'too fast' })
    })
  }

  return { attach }
}
