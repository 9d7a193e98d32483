import { sayBarely } from './limit.ts'
import { typicalMessages } from './messages.ts'
import { sayOurs } from './ours.ts'
import { sayPlainly } from './peer.ts'
import type { Times } from './stopwatch.ts'

const contestants = { ours: sayOurs, peer: sayPlainly, limit: sayBarely }
export type Contestant = keyof typeof contestants

const sealBench = {
  measure: (who: Contestant, entries: number): Promise<Times> => contestants[who](typicalMessages(entries)),
}

declare global {
  interface Window {
    sealBench?: typeof sealBench
  }
}
window.sealBench = sealBench
