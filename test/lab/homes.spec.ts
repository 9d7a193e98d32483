import { areTogether, expect } from '../fixtures/family.ts'
import type { Person } from '../fixtures/person.ts'
import { test } from './lab.ts'

const talk = async (anna: Person, bob: Person) => {
  await areTogether(anna, bob)
  await anna.screen.say('Hello, Bob')
  await expect(bob.screen.message('Hello, Bob')).toBeVisible()
  await bob.screen.say('Hello, Anna')
  await expect(anna.screen.message('Hello, Anna')).toBeVisible()
}

test('one home without the internet: the family talks all the same', async ({ lab }) => {
  await lab.net('cut', 'a')
  await lab.serve('boxa', 'none')
  const anna = await lab.person('Anna', 'homea')
  const bob = await lab.person('Bob', 'homec')
  await talk(anna, bob)
  expect(await anna.network.routes()).not.toContain('relay')
})

test('S8: two homes behind ordinary routers meet directly', async ({ lab }) => {
  await lab.serve('server', 'stun')
  const anna = await lab.person('Anna', 'homea')
  const bob = await lab.person('Bob', 'homeb')
  await talk(anna, bob)
  await expect.poll(async () => (await anna.network.routes()).join()).toMatch(/^(srflx|prflx)$/)
})

test(
  'S8: two homes behind routers that hide their ports are relayed',
  { tag: '@symmetric' },
  async ({ lab }) => {
    await lab.serve('server', 'stun and turn')
    const anna = await lab.person('Anna', 'homea')
    const bob = await lab.person('Bob', 'homeb')
    await talk(anna, bob)
    const routes = async () => [...(await anna.network.routes()), ...(await bob.network.routes())]
    await expect.poll(routes).toContain('relay')
  },
)

test('L6: a home cut off for ten seconds lacks nothing afterwards', async ({ lab }) => {
  await lab.serve('server', 'stun')
  const anna = await lab.person('Anna', 'homea')
  const bob = await lab.person('Bob', 'homeb')
  await talk(anna, bob)

  await lab.net('cut', 'a')
  const cutAt = Date.now()
  const fromAnna = ['Anna 1', 'Anna 2', 'Anna 3']
  const fromBob = ['Bob 1', 'Bob 2', 'Bob 3']
  for (const text of fromAnna) await anna.screen.say(text)
  for (const text of fromBob) await bob.screen.say(text)
  // The time passes that the network is away: it is what the test is about.
  await expect.poll(() => Date.now() - cutAt, { timeout: 15_000 }).toBeGreaterThan(10_000)
  await lab.net('join', 'a')

  for (const person of [anna, bob]) {
    await expect.poll(() => person.screen.order(fromAnna), { timeout: 30_000 }).toEqual(fromAnna)
    await expect.poll(() => person.screen.order(fromBob), { timeout: 30_000 }).toEqual(fromBob)
  }
})

test('L6: a home cut off until the link is dead finds the other again', async ({ lab }) => {
  await lab.serve('server', 'stun')
  const anna = await lab.person('Anna', 'homea')
  const bob = await lab.person('Bob', 'homeb')
  await talk(anna, bob)

  await lab.net('cut', 'a')
  await expect(anna.screen.person('Bob, away')).toBeVisible({ timeout: 40_000 })
  await expect(bob.screen.person('Anna, away')).toBeVisible({ timeout: 40_000 })
  await anna.screen.say('Anna alone')
  await bob.screen.say('Bob alone')
  await lab.net('join', 'a')
  const said = ['Anna alone', 'Bob alone']
  for (const person of [anna, bob])
    await expect.poll(async () => (await person.screen.order(said)).sort(), { timeout: 50_000 }).toEqual(said)
})

test('L5: a slow line that loses packets still carries', async ({ lab }) => {
  await lab.serve('server', 'stun')
  const anna = await lab.person('Anna', 'homea')
  const bob = await lab.person('Bob', 'homeb')
  await areTogether(anna, bob)
  // Only now: laying the wire touches the interfaces, and a browser drops the page it is loading when they change.
  await lab.net('delay', 'a', '40')
  await lab.net('loss', 'a', '0.03')
  await talk(anna, bob)
  const long = 'A long letter. '.repeat(1000).trim()
  await anna.screen.say(long)
  await expect(bob.screen.message(long)).toBeVisible({ timeout: 30_000 })
})
