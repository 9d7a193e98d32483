import type { Page } from '@playwright/test'
import type { BenchResult } from './bench-result.ts'
import { withContestants } from './painting/contestants.ts'
import { contestants, noTimes, resultsOf } from './painting/percentiles.ts'
import { awaitPainting, readPainting } from './painting/stopwatch.ts'

/**
 * From a key pressed in the composer to the letter painted, and from Enter to the sent text painted, in a room with a full history on the
 * disk. Beside ours: a plain page of Vue with a field and a list of the same messages on the screen, which keeps nothing. The limit: the same
 * without Vue. All take turns, word by word, in a browser without the beat of a screen (`painting/launch.ts`).
 */
const messagesInRoom = 100_000
const rounds = 120
const warmUp = 15
const frameMs = 16.7

const pressAndRead = async (page: Page, key: string, text?: string): Promise<number> => {
  await awaitPainting(page, { event: 'keydown', text })
  await page.keyboard.press(key)
  return readPainting(page)
}

export const run = async (): Promise<BenchResult[]> => {
  const letters = noTimes()
  const texts = noTimes()
  let inRoom = 0
  await withContestants([messagesInRoom], async ({ pages, counts }) => {
    inRoom = counts[0] ?? 0
    for (const who of contestants) await pages[who].getByRole('textbox', { name: 'Message' }).focus()
    for (let round = 0; round < warmUp + rounds; round++)
      for (const who of contestants) {
        const word = `so${String(round).padStart(3, '0')}`
        for (const letter of word) {
          const took = await pressAndRead(pages[who], letter)
          if (round >= warmUp) letters[who].push(took)
        }
        const took = await pressAndRead(pages[who], 'Enter', word)
        if (round >= warmUp) texts[who].push(took)
      }
  })
  const history = `${inRoom.toLocaleString('en')} messages in the room`
  const against = { shares: [0.5, 0.95, 0.99], atMostMs: frameMs }
  return [
    ...resultsOf(`keystroke: Enter to the sent text painted, ${history}`, texts, against),
    ...resultsOf(`keystroke: a key to its letter painted, ${history}`, letters, against),
  ]
}
