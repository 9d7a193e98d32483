import { existsSync, readdirSync } from 'node:fs'
import type { BenchFigure, BenchResult } from './bench-result.ts'

/**
 * npm run bench -- NAME [--json]
 * Runs bench/NAME.ts, which exports `run(): Promise<BenchResult | BenchResult[]>`, or figures with nobody beside them. With --json
 * the only output is one object: the first result, with the others under `more`.
 */
interface Bench {
  run(): Promise<BenchResult | BenchResult[] | BenchFigure[]>
}

const notBenches = new Set(['run.ts', 'bench-result.ts'])
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !notBenches.has(file))
  .map((file) => file.replace(/\.ts$/, ''))

const figure = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })

const printTable = (results: readonly (BenchResult | BenchFigure)[]): void => {
  for (const result of results) {
    const { name, unit, ours, better, aim } = result
    console.log(`\n${[name, unit].filter(Boolean).join(', ')} (${better} is better)`)
    console.log(`  ours   ${figure(ours).padStart(12)}`)
    if ('peer' in result) {
      console.log(
        result.peerFailed === undefined
          ? `  peer   ${figure(result.peer).padStart(12)}   ours is ${figure(result.toPeer)} of it`
          : `  peer          never   ${result.peerFailed}`,
      )
      console.log(`  limit  ${figure(result.limit).padStart(12)}   ours is ${figure(result.toLimit)} of it`)
    }
    console.log(`  aim: ${aim.text}. ${aim.isMet ? 'Met.' : 'NOT met.'}`)
  }
}

const [name, ...flags] = process.argv.slice(2)
const file = new URL(`./${name ?? ''}.ts`, import.meta.url)
if (name === undefined || !names.includes(name) || !existsSync(file)) {
  console.error(
    `Which bench? There is: ${names.join(', ')}. For example: npm run bench -- ${names[0] ?? 'NAME'}`,
  )
  process.exit(2)
}
const { run } = (await import(file.href)) as Bench
const outcome = await run()
const results = Array.isArray(outcome) ? outcome : [outcome]
if (flags.includes('--json')) {
  const [first, ...more] = results
  console.log(JSON.stringify(more.length > 0 ? { ...first, more } : first))
} else printTable(results)
process.exit(0)
