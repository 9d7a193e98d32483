import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Result } from '../../../shared/result.ts'
import { startTestServer, type TestServer } from '../../../signaling/testing/test-server.ts'
import { signIn } from '../account/entrance.ts'
import { register } from '../account/register.ts'
import { createQuickOpaque } from './quick-opaque.ts'
import { createTestBrowser, goInside, meet, type AtHome, type TestBrowser } from './test-browser.ts'

/** A real server in this process, and the family that registers with it. */
export interface TestHome {
  server: TestServer
  owner: Resident
  open(): Promise<TestBrowser>
  /** Registers by a link, and goes inside. */
  register(link: string, name: string): Promise<Resident>
  /** Comes by an invitation of the owner's, and meets them. */
  invite(name: string, role?: 'admin' | 'member'): Promise<Resident>
  /** A second browser of somebody. */
  signInAs(resident: Resident): Promise<AtHome>
  close(): Promise<void>
}

/** With what a test alone remembers. */
export interface Resident extends AtHome {
  name: string
  password: string
  seed: Bytes
}

export const valueOf = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(`did not work: ${JSON.stringify(result.problem)}`)
  return result.value
}

export const passwordOf = (name: string): string => `a long password of ${name}`

export const createTestHome = async (): Promise<TestHome> => {
  // All come from one address here, as a large family behind one router does.
  const server = await startTestServer({ limits: { perAddress: 1_000 } })
  const opaque = createQuickOpaque()
  const open = () => createTestBrowser(server, opaque)
  const enter = async (link: string, name: string): Promise<Resident> => {
    const browser = await open()
    const invited = await browser.follow(link)
    const password = passwordOf(name)
    const wish = { name, password, ...(invited.type === 'found' && { familyName: 'Lindqvist' }) }
    const { seed, ...entrance } = valueOf(await register(browser.tools, invited, wish))
    return { ...(await goInside(browser, entrance)), name, password, seed }
  }
  const owner = await enter(server.ownerLink('https://hearth.local') ?? '', 'Anna')
  return {
    server,
    owner,
    open,
    register: enter,
    async invite(name, role = 'member') {
      const { link } = valueOf(await owner.office.invite({ role, lifetimeMs: 60_000, uses: 1 }))
      const resident = await enter(link, name)
      await meet(owner, resident)
      return resident
    },
    async signInAs({ name, password }) {
      const browser = await open()
      return goInside(browser, valueOf(await signIn(browser.tools, name, password)))
    },
    close: () => server.close(),
  }
}
