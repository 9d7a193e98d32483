import { expect, test } from 'vitest'
import { checkHpke } from './hpke.ts'
import { loadWycheproof, withoutVectors } from './load-wycheproof.ts'
import { runWycheproof, wholeReport } from './wycheproof.ts'

test("I6: Wycheproof's vectors go as they must in Node, none left out", async ({ skip }) => {
  const vectors = loadWycheproof()
  if (!vectors) return skip(withoutVectors)
  const report = await runWycheproof(vectors)
  expect(report).toEqual(wholeReport)
})

test('HPKE is as in RFC 9180 in Node', async () => {
  expect(await checkHpke()).toEqual([])
})
