import { rm } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { adviceFor, findBrowser } from '../../scripts/browsers.mjs'
import type { IceServer } from '../../shared/ice.ts'
import { chromiumSwitches, makeFolder } from '../../test/fixtures/browsers.ts'
import { writeWrapper } from '../../test/lab/browser-in.ts'
import { createNet, labProblem, type Net } from '../../test/lab/net.ts'
import { runIn, type LabProgram } from '../../test/lab/programs.ts'
import { buildPage } from '../built-page/build-page.ts'
import { startHub } from './hub.ts'

/** Two pages that can call each other. */
export interface Place {
  caller: Page
  callee: Page
  /** What a page is told of where it is. */
  told: { hub: string; iceServers: readonly IceServer[] }
}

export const launchForCalls = (wrapper?: string): Promise<Browser> => {
  const executablePath = wrapper ?? findBrowser('chromium')
  if (executablePath === undefined) throw new Error(adviceFor('chromium'))
  return chromium.launch({
    executablePath,
    args: [
      ...chromiumSwitches,
      '--use-fake-device-for-media-stream=device-count=1,fps=30',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
}

/** Builds the page of the benches of calls, for as long as it is used. */
export const withCallsPage = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await makeFolder('calls')
  try {
    await buildPage(path.join(import.meta.dirname, 'calls.html'), folder)
    await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const openCallsPage = async (browser: Browser, port: number): Promise<Page> => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`http://127.0.0.1:${port}/calls.html`)
  return page
}

/** What one page says to the other goes by the test's own hands, through no network. */
const introduce = async (caller: Page, callee: Page): Promise<void> => {
  for (const [from, to] of [[caller, callee] as const, [callee, caller] as const])
    await from.exposeFunction('carryToOther', (signal: object) =>
      to.evaluate((said) => window.hearFromOther!(said), signal),
    )
}

export const onOneMachine = async (folder: string, use: (place: Place) => Promise<void>): Promise<void> => {
  const hub = await startHub(folder, '127.0.0.1', 0)
  const browser = await launchForCalls()
  try {
    const [caller, callee] = [await openCallsPage(browser, hub.port), await openCallsPage(browser, hub.port)]
    await introduce(caller, callee)
    await use({ caller, callee, told: { hub: `ws://127.0.0.1:${hub.port}`, iceServers: [] } })
  } finally {
    await browser.close()
    await hub.close()
  }
}

const server = '10.77.0.5'
const port = 8000

/** Any number of pairs: the callee in home a, the caller in home b, behind ordinary routers that a STUN server helps across. Says why it cannot. */
export const inTwoHomes = async (
  folder: string,
  before: (net: Net['net']) => Promise<void>,
  use: (openPlace: () => Promise<Place>, net: Net['net']) => Promise<void>,
): Promise<string | undefined> => {
  const problem = labProblem()
  if (problem !== undefined) return problem
  const { namespaceOf, net } = createNet()
  const programs: LabProgram[] = []
  const browsers: Browser[] = []
  const start = (device: Parameters<typeof namespaceOf>[0], command: string[], expected: RegExp) => {
    const program = runIn(namespaceOf(device), command, expected)
    programs.push(program)
    return program.said
  }
  const startHubIn = (device: 'server' | 'homea' | 'homeb', host: string) => {
    const file = path.join(import.meta.dirname, 'hub-program.ts')
    return start(
      device,
      [process.execPath, '--import', 'tsx', file, folder, host, String(port)],
      /^listening/,
    )
  }
  const launchIn = async (home: 'homea' | 'homeb') => {
    // A browser takes only what comes from its own machine for secure without a certificate.
    await startHubIn(home, '127.0.0.1')
    const browser = await launchForCalls(await writeWrapper(folder, namespaceOf(home)))
    browsers.push(browser)
    return browser
  }
  try {
    await net('sweep')
    await net('up', 'cone')
    await before(net)
    const quiet = ['-n', '--no-tls', '--no-dtls', '--no-cli', '--log-file=stdout', `--pidfile=${folder}/pid`]
    const stun = ['turnserver', '--stun-only', `--listening-ip=${server}`, ...quiet]
    await start('server', stun, /Total General servers/)
    await startHubIn('server', server)
    const [homea, homeb] = [await launchIn('homea'), await launchIn('homeb')]
    const told = { hub: `ws://${server}:${port}`, iceServers: [{ urls: [`stun:${server}:3478`] }] }
    const openPlace = async (): Promise<Place> => {
      const [caller, callee] = [await openCallsPage(homeb, port), await openCallsPage(homea, port)]
      await introduce(caller, callee)
      return { caller, callee, told }
    }
    await use(openPlace, net)
  } finally {
    await Promise.allSettled(browsers.map((browser) => browser.close()))
    await Promise.allSettled(programs.map((program) => program.stop()))
    await net('down')
  }
  return undefined
}
