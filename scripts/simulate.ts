import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { createSimulator, type Outcome } from '../client/core/testing/simulation/simulator.ts'

/**
 * npm run simulate -- --seeds N [--from S] [--real-crypto]   plays the schedules of N seeds, from S (1) on
 * npm run simulate -- --seed X [--real-crypto]               plays one, and tells what happens in it
 * With --partings P, P of a hundred schedules also have private rooms, deletions, and devices and members that are put out.
 */

const usage =
  'npm run simulate -- --seeds N [--from S], or --seed X; with --real-crypto over WebCrypto itself'

const fail = (why: string): never => {
  console.error(`${why}\n${usage}`)
  process.exit(2)
}

const readArguments = () => {
  try {
    return parseArgs({
      options: {
        seeds: { type: 'string', default: '2000' },
        from: { type: 'string', default: '1' },
        seed: { type: 'string' },
        partings: { type: 'string', default: '0' },
        'real-crypto': { type: 'boolean', default: false },
        /** Of a process that this one starts: every so-manieth seed from here on. */
        step: { type: 'string' },
      },
    }).values
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}
const values = readArguments()

const readCount = (name: string, text: string): number => {
  const count = Number(text)
  return Number.isSafeInteger(count) && count > 0 ? count : fail(`--${name} takes a whole number above 0`)
}
const partings = values.partings === '0' ? 0 : readCount('partings', values.partings)
const mode = values['real-crypto'] ? 'real' : 'prompt'

const tell = ({ seed, broken, story, state, trace }: Outcome): void => {
  console.log(`\nseed ${seed}`)
  for (const line of story) console.log(`  ${line}`)
  if (broken.length === 0) console.log(`all holds: state ${state}, trace ${trace}`)
  for (const line of broken) console.log(`BROKEN: ${line}`)
}

const playOne = async (seed: number): Promise<void> => {
  const simulator = await createSimulator(mode, partings)
  const outcome = await simulator.run(seed)
  tell(outcome)
  if (outcome.broken.length > 0) process.exitCode = 1
}

const playSome = async (first: number, end: number, step: number): Promise<void> => {
  const simulator = await createSimulator(mode, partings)
  for (let seed = first; seed < end; seed += step) process.send?.(await simulator.run(seed))
  process.disconnect()
}

/** How many failed schedules are told whole; of the others the seed is enough. */
const maxTold = 3

const playAll = async (first: number, count: number): Promise<void> => {
  const began = Date.now()
  const failed: Outcome[] = []
  let played = 0
  const onOutcome = (outcome: Outcome): void => {
    played += 1
    if (outcome.broken.length > 0) {
      failed.push(outcome)
      if (failed.length <= maxTold) tell(outcome)
      else console.log(`\nseed ${outcome.seed}: ${outcome.broken[0] ?? ''}`)
    }
    if (played % 100 === 0 || played === count)
      console.log(
        `${played} of ${count} schedules, ${failed.length} failed, ${((Date.now() - began) / 1_000).toFixed(0)} s`,
      )
  }
  const workers = Math.min(availableParallelism(), count)
  const endings = Array.from({ length: workers }, (_, index) => {
    const given = [
      '--from',
      String(first + index),
      '--seeds',
      String(count - index),
      '--step',
      String(workers),
    ]
    given.push('--partings', String(partings))
    const worker = fork(import.meta.filename, values['real-crypto'] ? [...given, '--real-crypto'] : given)
    worker.on('message', (outcome) => onOutcome(outcome as Outcome))
    return whenEnded(worker)
  })
  const codes = await Promise.all(endings)
  if (failed.length > 0) {
    const seeds = failed.map(({ seed }) => seed).sort((left, right) => left - right)
    console.log(`\nfailed: ${seeds.join(', ')}\nonce more: npm run simulate -- --seed ${seeds[0] ?? ''}`)
  }
  if (failed.length > 0 || played < count || codes.some((code) => code !== 0)) process.exitCode = 1
}

const whenEnded = (worker: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => worker.on('close', (code) => resolve(code)))

const first = readCount('from', values.from)
const count = readCount('seeds', values.seeds)
if (values.seed !== undefined) await playOne(readCount('seed', values.seed))
else if (values.step !== undefined) await playSome(first, first + count, readCount('step', values.step))
else await playAll(first, count)
