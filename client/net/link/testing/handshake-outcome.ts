import type { LinkCloseReason } from '../../../core/ports.ts'
import { encodeHandshakeMessage, type HandshakeMessage } from '../handshake-messages.ts'
import { openLink } from '../open-link.ts'
import type { Bench } from './open-pair.ts'

type Bytes = Uint8Array<ArrayBuffer>

const whyOf = (reason: LinkCloseReason): string => {
  if (reason.type === 'refused') return `refused ${reason.why}`
  return 'why' in reason ? reason.why : reason.type
}

/** What Anna, at the left, makes of what `begin` does to her: `open`, or why not. */
export const annasOutcome = async (bench: Bench, begin: () => void = () => undefined): Promise<string> => {
  const opening = openLink(bench.left)
  begin()
  const opened = await bench.clock.advanceUntil(opening)
  return opened.ok ? 'open' : whyOf(opened.problem)
}

/** What both make of each other. Who refuses and who is refused is a matter of who was quicker, so that is left out. */
export const bothOutcomes = async (bench: Bench): Promise<string[]> => {
  const opening = Promise.all([openLink(bench.left), openLink(bench.right)])
  const opened = await bench.clock.advanceUntil(opening)
  return opened.map((each) => (each.ok ? 'open' : whyOf(each.problem).replace('refused ', '')))
}

/** Says something to Anna from the bare wire. */
export const say = (bench: Bench, message: HandshakeMessage): void => {
  bench.wires.right.send(encodeHandshakeMessage(message))
}

export const helloOf = (publicKey: Bytes): HandshakeMessage => ({
  type: 'hello',
  publicKey,
  nonce: new Uint8Array(32).fill(9),
})

export const bertsHello = (bench: Bench): HandshakeMessage => helloOf(bench.right.device.publicKey)

/** Sits on Bert's wire: what he sends is given to `pass`, which may send it on, changed or not. */
export const tapBert = (bench: Bench, pass: (frame: Bytes, sendOn: (frame: Bytes) => void) => void): void => {
  const { right } = bench.wires
  bench.right.wire = {
    ...right,
    bufferedBytes: 0,
    send(frame) {
      pass(frame, right.send)
    },
  }
}
