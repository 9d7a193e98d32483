import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { findBrowser } from './browsers.mjs'

/** Draws the icons of the installed app anew from our own mark: `npx tsx scripts/draw-icons.ts`. */
const folder = path.join(import.meta.dirname, '..', 'client', 'public')
const mark = await readFile(path.join(folder, 'icon.svg'), 'utf8')
/** To the edge: systems cut their own shape out of it. All of the mark lies within the circle that is always left. */
const square = mark.replace(/ rx="\d+"/, '')

const icons = [
  { file: 'icon-192.png', svg: mark, size: 192 },
  { file: 'icon-512.png', svg: mark, size: 512 },
  { file: 'icon-maskable-512.png', svg: square, size: 512 },
  { file: 'icon-apple-180.png', svg: square, size: 180 },
]

const executablePath = findBrowser('chromium')
const browser = await chromium.launch({
  ...(executablePath !== undefined && { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
for (const { file, svg, size } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  await writeFile(path.join(folder, file), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
