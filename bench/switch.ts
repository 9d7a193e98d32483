import type { Page } from '@playwright/test'
import { createScreen } from '../test/fixtures/screen.ts'
import type { BenchResult } from './bench-result.ts'
import { mustBe } from './built-page/must.ts'
import { lineOf, roomName } from './filled-app/lines.ts'
import { withContestants } from './painting/contestants.ts'
import { contestants, noTimes, resultsOf } from './painting/percentiles.ts'
import { awaitPainting, readPainting } from './painting/stopwatch.ts'

/**
 * From a click on another room until its newest messages are painted, between ten rooms of a thousand messages each. Beside ours: a plain
 * page of Vue that has every room's messages in memory and puts others into its list. The limit: elements made before take the place of others.
 * All take turns, in a browser without the beat of a screen (`painting/launch.ts`). The first visit to a room reads it from the disk
 * and is told by itself.
 */
const rooms = 10
const messagesInRoom = 1_000
const rounds = 22
const aimMs = 50

const isOnScreen = (page: Page, text: string): Promise<boolean> =>
  page.evaluate((wanted) => {
    const log = document.querySelector('[role=log]')!
    const row = [...log.querySelectorAll('li')].findLast((item) => item.textContent.includes(wanted))
    const { top, bottom } = row?.getBoundingClientRect() ?? { top: -1, bottom: -1 }
    return top >= 0 && bottom <= innerHeight
  }, text)

const switchTo = async (page: Page, room: string, count: number): Promise<number> => {
  const newest = lineOf(room, count - 1)
  await awaitPainting(page, { event: 'click', text: newest })
  await createScreen(page).room(room).click()
  const took = await readPainting(page)
  mustBe(await isOnScreen(page, newest), `the newest message of ${room} is on the screen`)
  return took
}

export const run = async (): Promise<BenchResult[]> => {
  const first = noTimes()
  const again = noTimes()
  await withContestants(
    Array.from({ length: rooms }, () => messagesInRoom),
    async ({ pages, counts }) => {
      mustBe(
        counts.every((count) => count === messagesInRoom),
        'every room is full',
      )
      for (let round = 0; round < rounds; round++)
        for (let index = 1; index <= rooms; index++)
          for (const who of contestants) {
            const took = await switchTo(pages[who], roomName(index % rooms), messagesInRoom)
            // The first room was open from the start.
            if (round === 0 && index < rooms) first[who].push(took)
            else again[who].push(took)
          }
    },
  )
  const name = `switch: a click to the room painted, ${rooms} rooms of ${messagesInRoom.toLocaleString('en')} messages`
  return [
    ...resultsOf(name, again, { shares: [0.5, 0.95], atMostMs: aimMs }),
    ...resultsOf(`${name}, its first visit`, first, { shares: [0.5, 0.95], atMostMs: aimMs }),
  ]
}
