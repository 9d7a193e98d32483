import type { Browser, Page } from '@playwright/test'
import { longestTaskOf, taskCategories } from '../built-page/longest-task.ts'
import type { Mark } from './stopwatch.ts'

const marks: { from: Mark; to: Mark } = { from: 'take begins', to: 'take ends' }

/**
 * The longest that the page's main thread was busy with one task while a device took everything in, in milliseconds of processor time. Nobody
 * says two thousand things at once, so that half does not count.
 */
export const longestTask = async (
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<number> => {
  await browser.startTracing(page, { categories: taskCategories })
  await work()
  return longestTaskOf((await browser.stopTracing()).toString(), marks)
}
