import { expect, test } from 'vitest'
import { createShellCaches } from './shell-caches.ts'
import { createMemoryCaches } from './testing/memory-caches.ts'

const page = (revision: string) => ({ url: 'index.html', revision })
const asset = (name: string) => ({ url: `assets/${name}`, revision: null })

const setUp = () => {
  const { caches, stored } = createMemoryCaches()
  const asked: string[] = []
  const lost = new Set<string>()
  const shell = (build: string, assets: string[]) =>
    createShellCaches({
      caches,
      parts: [page(build), ...assets.map(asset)],
      fetch: (path, { cache }) => {
        asked.push(`${path} ${cache ?? ''}`)
        return Promise.resolve(new Response(`${build} ${path}`, { status: lost.has(path) ? 404 : 200 }))
      },
    })
  return { shell, stored, asked, lost }
}
const text = async (response: Promise<Response | undefined>) => (await response)?.text()

test('ux 39: all of the app is kept; what has no hash in its name is asked for past the browser’s own cache', async () => {
  const { shell, asked } = setUp()
  const first = shell('1', ['a.js', 'b.js'])
  await first.fill()
  expect(asked.sort()).toEqual(['/assets/a.js default', '/assets/b.js default', '/index.html reload'])
  expect(await text(first.page())).toBe('1 /index.html')
  expect(await text(first.part('/assets/b.js'))).toBe('1 /assets/b.js')
})

test('half an app is none: where a file does not come, nothing is left', async () => {
  const { shell, stored, lost } = setUp()
  lost.add('/assets/b.js')
  await expect(shell('1', ['a.js', 'b.js']).fill()).rejects.toThrow('/assets/b.js')
  expect(stored.size).toBe(0)
})

test('an update fetches only what changed, and disturbs nobody until it takes over', async () => {
  const { shell, asked } = setUp()
  const first = shell('1', ['a.js', 'b.js'])
  await first.fill()
  await first.takeOver()
  asked.length = 0
  const second = shell('2', ['a.js', 'c.js'])
  await second.fill()
  expect(asked.sort()).toEqual(['/assets/c.js default', '/index.html reload'])
  expect(await text(first.page())).toBe('1 /index.html')
  expect(await text(second.page())).toBe('2 /index.html')
})

test('ux 43: a tab that still runs the Hearth before finds its parts; older ones go', async () => {
  const { shell, stored } = setUp()
  const all = ['1', '2', '3'].map((build) => shell(build, [`only-${build}.js`]))
  for (const one of all) {
    await one.fill()
    await one.takeOver()
  }
  const last = all[2]!
  expect(stored.size).toBe(2)
  expect(await text(last.part('/assets/only-2.js'))).toBe('2 /assets/only-2.js')
  expect(await last.part('/assets/only-1.js')).toBeUndefined()
})

test('ux 43: one that only waited for its turn is not mistaken for the one whose tabs are open', async () => {
  const { shell, stored } = setUp()
  const first = shell('1', ['only-1.js'])
  await first.fill()
  await first.takeOver()
  await shell('2', ['only-2.js']).fill()
  const third = shell('3', [])
  await third.fill()
  await third.takeOver()
  expect(stored.size).toBe(2)
  expect(await text(third.part('/assets/only-1.js'))).toBe('1 /assets/only-1.js')
})

test('a failed update of the same files does not take away what serves', async () => {
  const { shell, lost } = setUp()
  const first = shell('1', [])
  await first.fill()
  await first.takeOver()
  lost.add('/index.html')
  await expect(shell('1', []).fill()).rejects.toThrow()
  expect(await text(first.page())).toBe('1 /index.html')
})
