import { parseArgs } from 'node:util'

/** A number that whoever runs a bench may give, `--messages 1000`; else what the bench is about. */
export const countWish = (name: string, usual: number): number => {
  const { values } = parseArgs({ options: { [name]: { type: 'string' } }, strict: false })
  const wished = values[name]
  const count = wished === undefined ? usual : Number(wished)
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`--${name} takes a number, such as ${usual}`)
  return count
}
