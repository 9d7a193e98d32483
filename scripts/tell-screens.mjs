import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const mostLines = 120
const mostPictureBytes = 40_000
const lineLength = 200

/** What each failed journey's screens said at its end, as Playwright wrote it down beside the trace: where there is no trace to look at, that is all there is. */
export const tellScreens = (folder) => {
  if (!existsSync(folder)) return
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => path.basename(name) === 'error-context.md')) {
    const text = readFileSync(path.join(folder, file), 'utf8')
    const at = text.indexOf('# Page snapshot')
    const end = text.indexOf('# Test source')
    const screens = text.slice(Math.max(at, 0), end < 0 ? undefined : end).trimEnd()
    console.log(`${path.dirname(file)}\n${screens.split('\n').slice(0, mostLines).join('\n')}\n`)
  }
  // What did not look as it did: without it nobody could tell how.
  for (const file of files.filter((name) => name.endsWith('-actual.png'))) {
    const picture = readFileSync(path.join(folder, file))
    if (picture.length > mostPictureBytes) continue
    const lines = picture.toString('base64').match(new RegExp(`.{1,${lineLength}}`, 'gu')) ?? []
    console.log(`${file}, base64:\n${lines.join('\n')}\n`)
  }
}
