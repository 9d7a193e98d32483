import { expect, test, areTogether, type Person } from '../fixtures/family.ts'

declare global {
  interface Window {
    /** What a payload would set, had it run. */
    __ran?: boolean
    __refused?: string[]
  }
}

const run = 'window.__ran=true'
const elements = ['img src=x', 'svg', 'video src=x', 'audio src=x', 'body', 'input autofocus', 'details open']
const events = ['onerror', 'onload', 'onfocus', 'ontoggle', 'onmouseover', 'onpointerenter']
/** Elements with handlers, then scripts, addresses and ways out of the place a text may stand in. */
const payloads: readonly string[] = [
  ...elements.flatMap((element) => events.map((event) => `<${element} ${event}="${run}">`)),
  `<script>${run}</script>`,
  `</script><script>${run}</script>`,
  `</textarea><script>${run}</script>`,
  `</title><script>${run}</script>`,
  `"><script>${run}</script>`,
  `'><img src=x onerror=${run}>`,
  `" onmouseover="${run}" x="`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<iframe src="javascript:parent.${run}"></iframe>`,
  `<a href="javascript:${run}">x</a>`,
  `[x](javascript:${run})`,
  `javascript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `<style>@import "javascript:${run}"</style>`,
  `<math><mtext><img src=x onerror="${run}"></mtext></math>`,
  `<form action="javascript:${run}"><button>x</button></form>`,
  `{{ constructor.constructor("${run}")() }}`,
  `<div v-html="'<img src=x onerror=${run}>'"></div>`,
]

/** Hears what must not happen, from the next load on. */
const listen = async ({ screen: { page } }: Person): Promise<() => Promise<void>> => {
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await page.evaluate(() => {
    window.__refused = []
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      window.__refused?.push(`${violatedDirective} ${blockedURI}`)
    })
  })
  return async () => {
    expect(dialogs, 'dialogs').toEqual([])
    expect(await page.evaluate(() => [window.__ran, window.__refused])).toEqual([undefined, []])
  }
}

test('hostile texts are shown as text and run nothing, as messages', { tag: '@once' }, async ({ family }) => {
  test.slow()
  expect(payloads).toHaveLength(60)
  const anna = await family.person('Anna')
  const bob = await family.person('Bob')
  await areTogether(anna, bob)
  const checks = [await listen(anna), await listen(bob)]
  for (const text of payloads) await anna.screen.say(text)
  const shown = bob.screen.log('general').getByRole('listitem')
  // Markdown and links may be drawn; what could run is there to be read.
  await expect(shown.filter({ hasText: 'window.__ran' })).toHaveCount(payloads.length)
  await anna.screen.composer.fill(payloads[0] ?? '')
  await expect(anna.screen.composer).toHaveValue(payloads[0] ?? '')
  for (const check of checks) await check()
})
