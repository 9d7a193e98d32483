import { expect, test } from 'vitest'
import { encodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { digestPage } from '../log/digest.ts'
import { entryKinds } from '../log/entry.ts'
import { createLogDevice, testLog } from '../testing/log-devices.ts'
import { createDigests } from './digests.ts'

test('Y2, Y4: a digest is of what the lengths say at that moment, also before anybody has heard of what came', async () => {
  const { logs, say } = await createLogDevice(1, { mayErase: () => 'no' })
  const digests = createDigests(logs)
  await say('one')
  await digests.pages(testLog)
  const compared: unknown[] = []
  await logs.append(testLog, entryKinds.message, encodeUtf8('two'), () => {
    const now = digestPage(logs.standings(testLog, 0))
    compared.push(Promise.all([digests.pages(testLog).then((pages) => pages.get(0)), now]))
  })
  expect(compared).toHaveLength(1)
  const [[digest, now] = []] = (await Promise.all(compared)) as [unknown, unknown][]
  expect(digest).toEqual(now)
})
