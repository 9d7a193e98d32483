import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, test as base, type Browser } from '@playwright/test'
import { launchBrowser, makeFolder } from '../fixtures/browsers.ts'
import { networkIsAway } from '../fixtures/complaints.ts'
import { openPerson, type Person } from '../fixtures/person.ts'
import { clientFolder } from '../fixtures/server.ts'
import { writeWrapper } from './browser-in.ts'
import { createNet, labProblem, type Device, type Net } from './net.ts'
import { runIn, type LabProgram, type LabServerConfig } from './programs.ts'

export interface Lab extends Pick<Net, 'net'> {
  /** Starts the family's server on that device, with what help it offers to cross NATs. */
  serve(
    device: 'server' | 'boxa',
    help: 'none' | 'stun' | 'stun and turn' | 'own relay',
    wish?: Pick<LabServerConfig, 'turnLifetimeMs'>,
  ): Promise<void>
  /** The family's server is gone from one moment to the next, as when the power fails. A relay beside it stays. */
  killServer(): Promise<void>
  /**
   * Somebody in a home, or at the server's machine, who follows the link, gives a name and sees the chat; `at` another address of the
   * server than the usual.
   */
  person(name: string, home: Exclude<Device, 'boxa'>, at?: string): Promise<Person>
}

const addresses = { server: '10.77.0.5', boxa: '192.168.1.9' }
const turnPort = 3478

export const test = base.extend<{ lab: Lab }>({
  // An argument that Playwright insists on as a pattern: the lab runs its own browsers.
  lab: async ({ playwright }, use, testInfo) => {
    const problem = labProblem()
    testInfo.skip(problem !== undefined, problem)

    const { namespaceOf, net } = createNet()
    const folder = await makeFolder('lab')
    const programs: LabProgram[] = []
    const browsers: Browser[] = []
    const people: Person[] = []
    let server: LabProgram | undefined
    let link = ''
    let invited: string | undefined

    const run = (device: Device, command: string[], expected: RegExp): LabProgram => {
      const program = runIn(namespaceOf(device), command, expected)
      programs.push(program)
      return program
    }

    const startTurn = (address: string, secret: string) => {
      const access = ['--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=hearth']
      const quiet = [
        '-n',
        '--no-tls',
        '--no-dtls',
        '--no-cli',
        '--log-file=stdout',
        `--pidfile=${folder}/turn.pid`,
      ]
      return run(
        'server',
        ['turnserver', `--listening-ip=${address}`, `--listening-port=${turnPort}`, ...access, ...quiet],
        /Total General servers/,
      )
    }

    const lab: Lab = {
      net,
      async serve(device, help, wish) {
        const address = addresses[device]
        const turnSecret = randomBytes(16).toString('hex')
        const urls = { none: [], 'own relay': [], stun: ['stun'], 'stun and turn': ['stun', 'turn'] }[help]
        if (urls.length > 0) await startTurn(address, turnSecret).said
        const config: LabServerConfig = {
          dataFolder: path.join(folder, 'data'),
          clientFolder,
          origin: `https://${address}:8443`,
          iceUrls: urls.map((scheme) => `${scheme}:${address}:${turnPort}`),
          turnSecret,
          turn: help === 'own relay' ? 'auto' : 'off',
          ...wish,
        }
        const serve = [path.join(import.meta.dirname, 'serve.ts'), JSON.stringify(config)]
        server = run(device, [process.execPath, '--import', 'tsx', ...serve], /^\{"link"/)
        link = (JSON.parse(await server.said) as { link: string }).link
      },
      async killServer() {
        await server?.stop('SIGKILL')
      },
      async person(name, home, at) {
        const origin = at ?? new URL(link).origin
        const wrapper = await writeWrapper(folder, namespaceOf(home))
        const person = await openPerson({
          name,
          origin,
          kind: 'chromium',
          types: playwright,
          sharedBrowser: async () => {
            const browser = await launchBrowser(playwright, 'chromium', wrapper)
            browsers.push(browser)
            return browser
          },
          // The family's own authority is not in this browser's store; the server's tests check certificates.
          options: { hasNetworkControl: true, ignoreHTTPSErrors: true },
        })
        people.push(person)
        person.complaints.expect(...networkIsAway)
        await person.screen.moveIn((invited ?? link).replace(/^https:\/\/[^/]+/, origin), name)
        invited ??= await person.screen.invite('20 people')
        return person
      },
    }

    try {
      await net('sweep')
      await net('up', testInfo.tags.includes('@symmetric') ? 'symmetric' : 'cone')
      await use(lab)
      expect(people.flatMap((person) => person.complaints.unexpected())).toEqual([])
    } finally {
      await Promise.allSettled(browsers.map((browser) => browser.close()))
      await Promise.allSettled(programs.map((program) => program.stop()))
      await net('down')
      await rm(folder, { recursive: true, force: true })
    }
  },
})
