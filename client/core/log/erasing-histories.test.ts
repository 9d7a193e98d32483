import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  devices,
  ids,
  mayErase,
  meetAll,
  names,
  openAll,
  seeds,
  type Name,
} from '../testing/erasing-family.ts'
import { createLogDevice, testLog } from '../testing/log-devices.ts'

test(
  'P4: exchanges of any kind among four devices, in any order and cut at any point, refuse nothing and end alike',
  { timeout: 120_000 },
  async () => {
    const who = fc.constantFrom(...names)
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ type: fc.constant('say' as const), by: who }) },
      {
        weight: 3,
        arbitrary: fc.record({ type: fc.constant('erase' as const), by: who, which: fc.nat(), told: who }),
      },
      {
        weight: 20,
        arbitrary: fc.record({
          type: fc.constant('fetch' as const),
          by: who,
          from: who,
          only: fc.option(who, { nil: undefined, freq: 5 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const), by: who }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 120 }), async (steps) => {
        const all = await openAll()
        const said = new Map<string, Name>()
        const erased = new Set<string>()
        const receptions: string[] = []
        let nowMs = 1_000
        for (const one of steps) {
          const by = all[one.by]
          for (const each of Object.values(all)) each.nowMs = ++nowMs
          if (one.type === 'say') {
            const text = `text ${said.size} of the ${one.by}`
            said.set(text, one.by)
            await by.say(text)
          } else if (one.type === 'erase') {
            const here = (await by.lines()).filter((line) => said.has(line))
            const text = here[one.which % here.length]
            const author = text === undefined ? undefined : said.get(text)
            if (text === undefined || author === undefined) continue
            const may = mayErase(ids[one.by], ids[author]) === 'yes'
            expect(await by.erase(text)).toBe(may)
            if (!may) continue
            erased.add(text)
            // It goes out at once, also to those who have not got what it erases (Y3).
            receptions.push(...(await all[one.told].fetch(by, by.device.feed)))
          } else if (one.type === 'fetch') {
            if (one.from !== one.by)
              receptions.push(...(await by.fetch(all[one.from], one.only && devices[one.only].feed)))
          } else {
            all[one.by] = await createLogDevice(seeds[one.by], { mayErase }, by.store.crash())
            all[one.by].nowMs = nowMs
          }
        }
        receptions.push(...(await meetAll(Object.values(all))))
        expect(receptions.filter((type) => type === 'refused')).toEqual([])
        const lines = await all.owner.lines()
        expect(lines.filter((line) => said.has(line)).sort()).toEqual(
          [...said.keys()].filter((text) => !erased.has(text)).sort(),
        )
        expect(lines.length).toBe(said.size)
        for (const each of Object.values(all)) {
          expect(await each.lines()).toEqual(lines)
          expect(each.logs.lengths()).toEqual(all.owner.logs.lengths())
          expect(await each.logs.missed(testLog, 0)).toEqual([])
          for (const text of erased) expect(each.holds(text), text).toBe(false)
        }
      }),
      { numRuns: 25 },
    )
  },
)
