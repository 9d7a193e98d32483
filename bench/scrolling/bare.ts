import { roomName } from '../filled-app/lines.ts'
import { createHistory } from '../history/family-history.ts'
import { wordsOf } from '../history/show-messages.ts'
import { wishedCount } from '../long-room/wished-count.ts'

/** The least that a page can do: every row is there from the start, and nothing happens but that they move. */
const count = wishedCount() ?? 0
const next = createHistory(roomName(0), count)
const log = document.querySelector('[role=log]')!
for (let index = 0; index < count; index++) {
  const row = document.createElement('li')
  for (const words of wordsOf(next())) {
    const line = document.createElement('div')
    line.dir = 'auto'
    line.textContent = words
    row.append(line)
  }
  log.append(row)
}
log.scrollTop = log.scrollHeight
