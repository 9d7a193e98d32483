import { expectSchedules } from './testing/simulation/expect-schedules.ts'

// Shorter than the others: with people put out, epochs are made and judged again and again.
await expectSchedules({ first: 1, count: 100, hasPartings: true })
