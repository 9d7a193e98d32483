import { networkIsAway } from '../fixtures/complaints.ts'
import { areTogether, expect } from '../fixtures/family.ts'
import { test } from '../fixtures/kept-app.ts'
import { buildNextRelease, readDatabase } from '../fixtures/next-release.ts'

test('P7: a tab of this release and one of the next share a profile, by turns, and nothing is lost', async ({
  family,
  client,
}) => {
  test.slow()
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  const people = [anna, bob]
  const said = ['In this release']
  await anna.screen.say('In this release')
  await expect(bob.screen.message('In this release')).toBeVisible()
  // Loaded while there is no other, and not looked at yet.
  const waiting = [await anna.openTab(), await bob.openTab()]
  for (const tab of waiting) await expect(tab.heading('Hearth is open in another tab')).toBeVisible()
  for (const { complaints } of people) complaints.expect(...networkIsAway)

  await family.server.stop()
  // What this release loads later is still there: else its tabs would begin anew, as the next one.
  await buildNextRelease(client)
  await family.server.start()

  for (const [index, person] of people.entries()) {
    const before = await readDatabase(person.screen.page)
    const newer = await person.openTab()
    await newer.button('Use Hearth here').click()
    await expect(person.screen.heading('Hearth moved to another tab')).toBeVisible()
    await expect(newer.message('In this release')).toBeVisible()
    const now = await readDatabase(newer.page)
    expect(now.version).toBeGreaterThan(before.version)
    expect(now.stores).toEqual([...before.stores, 'ofTheNextRelease'].sort())
    said.push(`${person.name} in the next`)
    await newer.say(`${person.name} in the next`)
    await expect(newer.message(`${person.name} in the next`)).toBeVisible()

    const older = waiting[index]!
    await older.button('Use Hearth here').click()
    await expect(newer.heading('Hearth moved to another tab')).toBeVisible()
    await expect(older.message(`${person.name} in the next`)).toBeVisible()
    expect(await readDatabase(older.page)).toEqual(now)
    said.push(`${person.name} in this again`)
    await older.say(`${person.name} in this again`)
  }

  for (const person of people) {
    const last = await person.openTab()
    await last.button('Use Hearth here').click()
    for (const text of said) await expect(last.message(text), `${person.name} has it`).toHaveCount(1)
    expect(await last.order(said)).toEqual(said)
  }
})
