import { expect, test } from '../fixtures/family.ts'
import { loadWycheproof, withoutVectors } from '../vectors/load-wycheproof.ts'
import { withVectorsPage } from '../vectors/vectors-site.ts'
import { wholeReport } from '../vectors/wycheproof.ts'

/** Once in Chromium, and once more where both browsers are Firefox. */
const tag = ['@once', '@firefox']

test(
  "I6: Wycheproof's vectors go as they must in a browser, none left out",
  { tag },
  async ({ pairing, sharedBrowser }) => {
    const vectors = loadWycheproof()
    test.skip(!vectors, withoutVectors)
    await withVectorsPage(async (address) => {
      const page = await (await sharedBrowser(pairing[0])).newPage()
      await page.goto(address)
      const report = await page.evaluate((files) => window.vectorRunners!.runWycheproof(files), vectors!)
      await page.close()
      expect(report).toEqual(wholeReport)
    })
  },
)

test('HPKE is as in RFC 9180 in a browser', { tag }, async ({ pairing, sharedBrowser }) => {
  await withVectorsPage(async (address) => {
    const page = await (await sharedBrowser(pairing[0])).newPage()
    await page.goto(address)
    const wrong = await page.evaluate(() => window.vectorRunners!.checkHpke())
    await page.close()
    expect(wrong).toEqual([])
  })
})
