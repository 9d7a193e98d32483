import { createResult, type BenchResult } from './bench-result.ts'
import { writeOurPage } from './overhead/our-page.ts'
import { overheadOf } from './overhead/overhead-of.ts'
import { writePlainPage } from './overhead/plain-page.ts'
import { typicalMessages } from './seal/messages.ts'

/**
 * Bytes beside the ciphertext of a typical message (E1): in a page of a thousand messages of four devices, as it lies on the disk and
 * travels in slices, and in the update that brings one message by itself. Beside ours: JSON in a map, over y-webrtc. The limit: signature,
 * nonce and epoch, and nothing that says whose, when or where. Counted, so nothing depends on the machine.
 */
const aimBytes = 120
const messages = 1_000
const devices = 4
const limit = 64 + 12 + 16

export const run = async (): Promise<BenchResult[]> => {
  const texts = typicalMessages(messages)
  const ours = overheadOf(await writeOurPage(texts, devices))
  const peer = overheadOf(writePlainPage(texts, devices))
  const beside = (name: string, where: keyof typeof ours): BenchResult => {
    const measures = {
      name,
      unit: 'bytes',
      ours: ours[where],
      peer: peer[where],
      limit,
      better: 'lower',
    } as const
    return {
      ...createResult(measures, { toLimit: aimBytes / limit }),
      aim: { text: `at most ${aimBytes} bytes`, isMet: ours[where] <= aimBytes },
    }
  }
  return [
    beside('overhead: an entry of a page of 1,000 messages, beside its ciphertext', 'page'),
    beside('overhead: the update that brings one entry, beside its ciphertext', 'update'),
  ]
}
