import { areTogether, expect } from '../fixtures/family.ts'
import type { Person } from '../fixtures/person.ts'
import { test } from './lab.ts'

/** The server's own relay. The lab's internet has private addresses, so all that it relays goes from one of its own to another. */

const talk = async (anna: Person, bob: Person) => {
  await areTogether(anna, bob)
  await anna.screen.say('Hello, Bob')
  await expect(bob.screen.message('Hello, Bob')).toBeVisible()
  await bob.screen.say('Hello, Anna')
  await expect(anna.screen.message('Hello, Anna')).toBeVisible()
}

/** How somebody's browser speaks with the relay. */
const readRelayProtocols = async (): Promise<string[]> => {
  const protocols: string[] = []
  for (const connection of window.testConnections ?? []) {
    if (connection.connectionState !== 'connected') continue
    const rows = [...((await connection.getStats()).values() as Iterable<Record<string, unknown>>)]
    for (const pair of rows)
      if (pair.type === 'candidate-pair' && pair.state === 'succeeded' && pair.nominated === true)
        protocols.push(String(rows.find(({ id }) => id === pair.localCandidateId)?.relayProtocol))
  }
  return protocols
}

test(
  'S8: two homes behind routers that hide their ports are relayed by the family’s own server',
  { tag: '@symmetric' },
  async ({ lab }) => {
    await lab.serve('server', 'own relay')
    const anna = await lab.person('Anna', 'homea')
    const bob = await lab.person('Bob', 'homeb')
    await talk(anna, bob)
    for (const person of [anna, bob]) await expect.poll(() => person.network.routes()).toContain('relay')
  },
)

test('S8: a home that lets no UDP through is relayed by TCP', async ({ lab }) => {
  await lab.serve('server', 'own relay')
  await lab.net('blockudp', 'a', 'on')
  const anna = await lab.person('Anna', 'homea')
  const bob = await lab.person('Bob', 'homeb')
  await talk(anna, bob)
  expect(await anna.screen.page.evaluate(readRelayProtocols)).toContain('tcp')
})

test('S8: a home without the internet meets directly beside its own relay, and by it whoever hides', async ({
  lab,
}) => {
  await lab.net('cut', 'a')
  await lab.serve('boxa', 'own relay')
  const anna = await lab.person('Anna', 'homea')
  const bob = await lab.person('Bob', 'homec')
  await talk(anna, bob)
  expect(await anna.network.routes()).not.toContain('relay')

  await anna.screen.openSettings()
  await anna.screen.page.getByRole('checkbox', { name: /^Hide my address/ }).check()
  await anna.screen.closeWindows()
  await expect.poll(async () => [...new Set(await anna.network.routes())]).toEqual(['relay'])
  await anna.screen.say('By way of the box')
  await expect(bob.screen.message('By way of the box')).toBeVisible()
})

test(
  'S8: a server at home behind its router serves those outside, with no other port open than its own and the relay’s',
  { tag: '@symmetric' },
  async ({ lab }) => {
    await lab.net('forward', 'a', '9', '8443', '3478')
    await lab.serve('boxa', 'own relay')
    const anna = await lab.person('Anna', 'homea')
    const bob = await lab.person('Bob', 'homeb', 'https://10.77.0.11:8443')
    await talk(anna, bob)
    for (const person of [anna, bob]) await expect.poll(() => person.network.routes()).toContain('relay')
  },
)
