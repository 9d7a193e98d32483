import type { Dice } from '../../client/core/testing/simulation/dice.ts'
import type { Screen } from '../fixtures/screen.ts'

declare global {
  interface Window {
    tellKept?: (line: string) => Promise<void>
  }
}

/** The names by which lines are known in the log; in the order of the alphabet they are in the order in which they were said. */
const linePattern = 'Line \\d{4}-\\d\\d'
export const lineName = (round: number, place: number): string =>
  `Line ${String(round).padStart(4, '0')}-${String(place).padStart(2, '0')}`

export interface Burst {
  names: string[]
  /** Each begins with its name. */
  texts: string[]
  /** The kill comes once so many of them have been shown as kept. */
  killAfter: number
}

/** 1 to 50 messages, from a few words to some that fill the screen. */
export const throwBurst = (dice: Dice, round: number): Burst => {
  const count = dice.between(1, 50)
  const names = Array.from({ length: count }, (_, at) => lineName(round, at + 1))
  const texts = names.map((name) => `${name}${' and more'.repeat(dice.below(dice.pick([2, 40])))}`)
  return { names, texts, killAfter: dice.between(0, count) }
}

/** Says all as fast as the composer takes them, and tells of each that the log shows as kept, by its name and in the moment in which it does. */
export const sayAtOnce = async (
  screen: Screen,
  { texts, names }: Burst,
  onKept: (line: string) => void,
): Promise<void> => {
  await screen.page.exposeFunction('tellKept', onKept)
  await screen.log('general').evaluate((log, awaited) => {
    const look = () => {
      for (const mark of log.querySelectorAll('li button[aria-label]')) {
        if (!/^(On|Read by) /.test(mark.ariaLabel ?? '')) continue
        const said = mark.closest('li')?.textContent ?? ''
        const at = awaited.findIndex((name) => said.includes(name))
        for (const name of at < 0 ? [] : awaited.splice(at, 1)) void window.tellKept?.(name)
      }
    }
    new MutationObserver(look).observe(log, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['aria-label'],
    })
  }, names)
  await screen.composer.evaluate((field, left) => {
    if (!(field instanceof HTMLTextAreaElement)) throw new Error('lines are said in a field of several')
    /** Each key in a task of its own, as a keyboard's; a line is taken once the field is empty. */
    const press = () => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
      setTimeout(type)
    }
    const type = () => {
      if (field.value !== '') return void setTimeout(press)
      const text = left.shift()
      if (text === undefined) return
      field.value = text
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      setTimeout(press)
    }
    type()
  }, texts)
}

/** The names of the lines in the log, from the top. */
export const linesIn = (screen: Screen): Promise<string[]> =>
  screen
    .log('general')
    .getByRole('listitem')
    .evaluateAll(
      (rows, pattern) => rows.flatMap((row) => new RegExp(pattern).exec(row.textContent)?.[0] ?? []),
      linePattern,
    )
