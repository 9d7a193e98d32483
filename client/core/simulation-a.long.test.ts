import { expectSchedules } from './testing/simulation/expect-schedules.ts'

// The other half is a file of its own, so that two cores share them.
await expectSchedules({ first: 1, count: 1_000 })
