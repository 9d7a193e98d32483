import type { Page } from '@playwright/test'
import * as Y from 'yjs'
import { english } from '../fixtures/english.ts'
import { areTogether, expect, test, type Family, type Person } from '../fixtures/family.ts'
import type { HostileEnd } from './hostile-end.ts'
import type { Attack } from './hostile-ground.ts'
import { withHostileSite, type HostileSite } from './hostile-site.ts'
import { takeStalls, watchStalls } from './stalls.ts'

/** The hostile member from outside her page. */
export type Ask = <Name extends keyof HostileEnd>(
  name: Name,
  ...values: Parameters<HostileEnd[Name]>
) => Promise<Awaited<ReturnType<HostileEnd[Name]>>>

export const askIn =
  (page: Page): Ask =>
  (name, ...values) =>
    page.evaluate(
      ([asked, given]) => (window.hostileEnd![asked] as (...all: unknown[]) => unknown)(...given),
      [name, values] as [typeof name, unknown[]],
    ) as never

/** Somebody who moved in by the app goes over to the hostile page, in the same browser with the same disk. */
export const turnHostile = async (person: Person, family: Family, site: HostileSite): Promise<Ask> => {
  await site.serveTo(person.context)
  await person.screen.page.goto(`${family.server.origin}${site.path}`)
  await person.screen.page.waitForFunction(() => window.hostileEnd !== undefined)
  return askIn(person.screen.page)
}

export interface HostileFamily {
  family: Family
  site: HostileSite
  /** The founder, at the real app. */
  anna: Person
  mallory: Ask
  /** Her page. */
  hers: Page
  /** A message from each reaches the other. */
  talk(): Promise<void>
  /** Does all of these to Anna, one after the other: nothing of them is admitted, and what is refused is said in words. */
  suffer(attacks: readonly Attack[]): Promise<void>
  /** The same of what the family document carries: it is there then, and nothing that people see has changed. */
  sufferClaims(attacks: readonly Attack[]): Promise<void>
}

/** Anna at the real app, and Mallory, who moved in by it and then went over to a page that says what it likes. */
export const withHostileFamily = async (
  family: Family,
  use: (scene: HostileFamily) => Promise<void>,
): Promise<void> =>
  withHostileSite(async (site) => {
    const anna = await family.person('Anna')
    await anna.screen.createRoom('garden')
    await anna.screen.say('Said in the garden')
    await anna.screen.openRoom('general')
    const moved = await family.person('Mallory')
    await areTogether(anna, moved)
    await anna.screen.say('Said before')
    await moved.screen.say('Said honestly')
    await expect(anna.screen.message('Said honestly')).toBeVisible()
    const mallory = await turnHostile(moved, family, site)
    await mallory('begin')
    await watchStalls(anna.screen.page)

    let talks = 0
    const talk = async () => {
      talks += 1
      const [here, there] = [`from Anna ${talks}`, `from Mallory ${talks}`]
      if (!(await mallory('isLinked'))) await mallory('meet')
      await anna.screen.say(here)
      await mallory('say', there)
      await expect(anna.screen.message(there)).toBeVisible()
      await expect.poll(() => mallory('lines')).toContain(here)
    }

    /** How often something was refused for this reason, or for any, as the page says. */
    const countRefused = async (why: Attack['why']): Promise<number> => {
      const rows = await anna.screen.page
        .getByRole('list', { name: 'What was refused' })
        .getByRole('listitem')
        .allInnerTexts()
      return rows
        .filter(
          (row) => why === 'refused' || (why !== 'quiet' && row.includes(english(`diagnostics.why.${why}`))),
        )
        .reduce(
          (sum, row) => sum + Number((/([\d,]+) times since/.exec(row)?.[1] ?? '1').replaceAll(',', '')),
          0,
        )
    }
    /** What the page shows, but for what Mallory is called. */
    const shown = async () => {
      const { rooms, people, log } = anna.screen
      await expect(rooms).toBeVisible()
      const said = log('general')
        .getByRole('listitem')
        .filter({ hasText: /from |Said / })
      // Of the rooms their names: who wrote last in them shows a moment after the message.
      const named = await rooms.getByRole('listitem').getByRole('button').allInnerTexts()
      const words = [...named, await people.innerText(), ...(await said.allInnerTexts())]
      return words.map((text) => text.replaceAll(/Mallory [0-9]+(?=:?$)/gm, 'Mallory'))
    }
    /** All that is there, as Anna's device tells it, and as it is on her disk. */
    const all = async () => ({
      pages: await mallory('pagesThere'),
      document: await readDocument(anna.screen.page),
    })

    let renames = 0
    const stalls: { title: string; task: number; pause: number }[] = []
    // So that finding everything unchanged later means something.
    const untold = await all()
    await talk()
    await expect.poll(async () => (await all()).pages).not.toEqual(untold.pages)
    await use({
      family,
      site,
      anna,
      mallory,
      hers: moved.screen.page,
      talk,
      async suffer(attacks) {
        const seen = await shown()
        await anna.screen.openSettings('What was refused')
        for (const { title, why } of attacks)
          await test.step(title, async () => {
            await mallory('meet')
            const [before, counted] = [await all(), await countRefused(why)]
            await takeStalls(anna.screen.page)
            await mallory('attack', title)
            if (why !== 'quiet') await expect.poll(() => countRefused(why), title).toBeGreaterThan(counted)
            stalls.push({ title, ...(await takeStalls(anna.screen.page)) })
            expect(await all(), title).toEqual(before)
          })
        await anna.screen.closeWindows()
        expect(await shown()).toEqual(seen)
        await talk()
      },
      async sufferClaims(attacks) {
        for (const { title } of attacks)
          await test.step(title, async () => {
            const before = [await shown(), await mallory('pagesThere')]
            await takeStalls(anna.screen.page)
            await mallory('attack', title)
            // What she says last has come when all before it has.
            const name = `Mallory ${++renames}`
            await mallory('rename', name)
            await expect(anna.screen.person(name)).toBeVisible()
            stalls.push({ title, ...(await takeStalls(anna.screen.page)) })
            expect([await shown(), await mallory('pagesThere')], title).toEqual(before)
            await talk()
          })
      },
    })
    const worst = (by: 'task' | 'pause') =>
      [...stalls]
        .sort((left, right) => right[by] - left[by])
        .slice(0, 3)
        .map((one) => `${one[by]} ms: ${one.title}`)
    for (const by of ['task', 'pause'] as const)
      test.info().annotations.push({
        type: `longest ${by} of ${stalls.length} cases`,
        description: worst(by).join('; '),
      })
  })

/** How many entries of whom the family document on this page's disk holds. */
const readDocument = async (page: Page): Promise<Record<string, number>> => {
  const updates = await page.evaluate(async () => {
    const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(String(request.error)))
      })
    const [found] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('hearth-family-'))
    const database = await settled(indexedDB.open(found?.name ?? ''))
    const values = await settled(database.transaction('updates').objectStore('updates').getAll())
    database.close()
    return (values as Uint8Array[]).map((value) => [...value])
  })
  const merged = Y.mergeUpdates(updates.map((update) => Uint8Array.from(update)))
  return Object.fromEntries(Y.decodeStateVector(Y.encodeStateVectorFromUpdate(merged)))
}
