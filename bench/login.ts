import { chromium } from '@playwright/test'
import { launchBrowser } from '../test/fixtures/browsers.ts'
import { withServer } from '../test/fixtures/server.ts'
import { createResult, median, type BenchResult } from './bench-result.ts'
import { withBareOpaque } from './login/bare-site.ts'
import { lightHearth, measureSignIn } from './login/our-sign-in.ts'
import { withPlainSignIn } from './login/plain-site.ts'

/**
 * From the press on "Sign in", in a browser that is new here, to the chat being painted. The limit: both halves of OPAQUE in the
 * client's own worker, already open, without any server. Beside it the common way, where the server learns the password: bcrypt at cost 12.
 * All take turns, so that what else the machine does hits all alike.
 */
const rounds = 15
const warmUp = 2

export const run = async (): Promise<BenchResult> => {
  const browser = await launchBrowser({ chromium, firefox: chromium }, 'chromium')
  const times = { ours: [] as number[], peer: [] as number[], limit: [] as number[] }
  try {
    await withServer(async ({ link, origin }) => {
      await lightHearth(await browser.newPage(), link)
      await withBareOpaque(browser, (measureLimit) =>
        withPlainSignIn(browser, async (measurePeer) => {
          const contestants = {
            ours: () => measureSignIn(browser, origin),
            peer: measurePeer,
            limit: measureLimit,
          }
          for (let round = 0; round < warmUp + rounds; round++)
            for (const who of ['ours', 'peer', 'limit'] as const) {
              const took = await contestants[who]()
              if (round >= warmUp) times[who].push(took)
            }
        }),
      )
    })
  } finally {
    await browser.close()
  }
  return createResult(
    {
      name: 'login: Sign in to inside',
      unit: 'ms',
      ours: median(times.ours),
      peer: median(times.peer),
      limit: median(times.limit),
      better: 'lower',
    },
    { toLimit: 1.3 },
  )
}
