import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { findProgram } from '../../signaling/relay/launch-relay.ts'
import { areTogether, expect, test as base, type Person } from '../fixtures/family.ts'

const label = 'Hide my address from the family’s devices'

/** Short, so that they end while somebody watches. */
const turnLifetimeMs = 10_000

const test = base.extend({
  // An argument that Playwright insists on as a pattern.
  serverWish: async ({}, use) => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    await use({ turnPort: port, turnLifetimeMs })
  },
})

test.beforeEach(() => {
  test.skip(findProgram('turnserver') === undefined, 'turnserver (coturn) is not installed')
})

const setHidden = async ({ screen }: Person, isHidden: boolean): Promise<void> => {
  await screen.openSettings()
  const box = screen.page.getByRole('checkbox', { name: label })
  await expect(box).toBeEnabled()
  await box.setChecked(isHidden)
  await screen.closeWindows()
}

interface Way {
  /** Of the candidate at this end. A relay at the other may look like `prflx`, where it was heard before it was told of. */
  type: string
  /** Where the other is, `address:port`. */
  to: string
}

/** Of each open connection; Chromium may name several ways that it has agreed on, before it leaves all but one. */
const readWays = async (): Promise<Way[]> => {
  const ways: Way[] = []
  for (const connection of window.testConnections ?? []) {
    if (connection.connectionState !== 'connected') continue
    const stats = await connection.getStats()
    const rows = [...(stats.values() as Iterable<Record<string, unknown>>)]
    const find = (id: unknown) => rows.find((row) => row.id === id)
    for (const pair of rows) {
      if (pair.type !== 'candidate-pair' || pair.state !== 'succeeded' || pair.nominated !== true) continue
      const [local, remote] = [find(pair.localCandidateId), find(pair.remoteCandidateId)]
      ways.push({
        type: String(local?.candidateType),
        to: `${String(remote?.address)}:${String(remote?.port)}`,
      })
    }
  }
  return ways
}

const waysOf = ({ screen }: Person) => screen.page.evaluate(readWays)
const typesOf = async (person: Person) => [...new Set((await waysOf(person)).map(({ type }) => type))]

/** The candidates that the latest connection told the other side of, as in SDP. */
const readTold = (): string[] => {
  const sdp = window.testConnections?.at(-1)?.localDescription?.sdp ?? ''
  return sdp.split('\r\n').filter((line) => line.startsWith('a=candidate'))
}

/** Of a relay, and naming no other address: neither where it was asked from, nor for what. */
const relayOnly =
  /^a=candidate:\S+ 1 udp \d+ (?<address>\S+) (?<port>\d+) typ relay raddr (?:0\.0\.0\.0 rport 0|\k<address> rport \k<port>)(?: |$)/i

test(
  'S8: whoever hides their address is reached by the family’s own relay, and tells nobody another',
  { tag: '@firefox' },
  async ({ family }) => {
    const anna = await family.person('Anna', { hasNetworkControl: true })
    const bob = await family.person('Bob', { hasNetworkControl: true })
    await areTogether(anna, bob)
    // Firefox may have agreed on the relay besides.
    await expect.poll(async () => (await typesOf(anna)).join()).toMatch(/host|prflx/)

    await setHidden(anna, true)
    await expect.poll(() => typesOf(anna)).toEqual(['relay'])
    await areTogether(anna, bob)
    await anna.screen.say('Where am I?')
    await expect(bob.screen.message('Where am I?')).toBeVisible()
    await bob.screen.say('No idea.')
    await expect(anna.screen.message('No idea.')).toBeVisible()

    const told = await anna.screen.page.evaluate(readTold)
    expect(told.length).toBeGreaterThan(0)
    for (const line of told) expect(line).toMatch(relayOnly)
    const relayed = told.map((line) => {
      const { address, port } = relayOnly.exec(line)?.groups ?? {}
      return `${address}:${port}`
    })
    const ways = await waysOf(bob)
    expect(ways.length).toBeGreaterThan(0)
    for (const { to } of ways) expect(relayed).toContain(to)

    await setHidden(anna, false)
    await expect.poll(async () => (await typesOf(anna)).join()).toMatch(/^(?:(?:host|prflx),?)+$/)
    await areTogether(anna, bob)
  },
)

test(
  'S8: credentials end, the connection goes on, and finds new ways with new ones',
  { tag: '@firefox' },
  async ({ family }) => {
    const anna = await family.person('Anna', { hasNetworkControl: true })
    const bob = await family.person('Bob', { hasNetworkControl: true })
    await areTogether(anna, bob)
    await setHidden(anna, true)
    await expect.poll(() => typesOf(anna)).toEqual(['relay'])
    const since = Date.now()
    const count = await anna.screen.page.evaluate(() => window.testConnections?.length)
    const told = await anna.screen.page.evaluate(readTold)

    // The time passes in which they end: it is what the test is about.
    await expect.poll(() => Date.now() - since, { timeout: 20_000 }).toBeGreaterThan(turnLifetimeMs * 1.5)
    await anna.screen.say('Still here?')
    await expect(bob.screen.message('Still here?')).toBeVisible()

    await anna.screen.page.evaluate(() => window.dispatchEvent(new Event('online')))
    // By another address of the relay, which it gives to nobody with credentials that have ended.
    const isAnother = async (): Promise<boolean> => {
      const now = await anna.screen.page.evaluate(readTold)
      return now.length > 0 && now.every((line) => relayOnly.test(line) && !told.includes(line))
    }
    await expect.poll(isAnother).toBe(true)
    await expect.poll(() => typesOf(anna)).toEqual(['relay'])
    await bob.screen.say('Still here.')
    await expect(anna.screen.message('Still here.')).toBeVisible()
    expect(await anna.screen.page.evaluate(() => window.testConnections?.length)).toBe(count)
  },
)

base('S8: without a relay nobody can hide, and is told why', { tag: '@once' }, async ({ family }) => {
  const anna = await family.person('Anna')
  await anna.screen.openSettings()
  const box = anna.screen.page.getByRole('checkbox', { name: label })
  await expect(anna.screen.page.getByText('this server has none')).toBeVisible()
  await expect(box).toBeDisabled()
})
