import { expectSchedules } from './testing/simulation/expect-schedules.ts'

await expectSchedules({ first: 1_001, count: 1_000 })
