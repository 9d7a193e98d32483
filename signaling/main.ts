import { readConfig } from './config.ts'
import { greeting } from './greeting.ts'
import { machineNames } from './open-state.ts'
import { startServer } from './server.ts'
import { helpText } from './settings.ts'
import { describeStartProblem } from './start-problem.ts'

const fail = (sentence: string, exitCode: number): never => {
  process.stderr.write(`${sentence}\n`)
  process.exit(exitCode)
}

const wish = readConfig(process.argv.slice(2), process.env)
if (!wish.ok) fail(wish.problem, 2)
else if (wish.value.type === 'help') process.stdout.write(helpText())
else {
  const { config } = wish.value
  const started = await startServer(config)
  if (!started.ok) fail(describeStartProblem(started.problem), 1)
  else {
    const server = started.value
    // Ctrl+C reaches us twice: from the terminal, and handed on by npm start.
    let stopping: Promise<void> | undefined
    const stop = (): void => {
      stopping ??= server.close().then(() => process.exit(0))
    }
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
    const isTerminal = process.stdout.isTTY
    process.stdout.write(greeting({ server, config, names: machineNames(), isTerminal }))
  }
}
