import { checkHpke } from './hpke.ts'
import { runWycheproof } from './wycheproof.ts'

/** The runners in a page, for a test that brings the vectors. */
const runners = { runWycheproof, checkHpke }

declare global {
  interface Window {
    vectorRunners?: typeof runners
  }
}
window.vectorRunners = runners
