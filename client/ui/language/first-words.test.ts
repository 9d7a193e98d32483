import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { catalogue } from './en/catalogue.ts'
import { first } from './en/first.ts'

const client = path.join(import.meta.dirname, '../..')

const keysOf = (part: object, prefix = ''): string[] =>
  Object.entries(part).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'string' ? [prefix + key] : keysOf(inner as object, `${prefix}${key}.`),
  )

/** The code that is loaded before anything is on the screen: what is imported for its values, and not by `import()`. */
const loadedFirst = (): string[] => {
  const found = new Set<string>()
  const visit = (file: string) => {
    if (found.has(file) || !/\.(ts|vue)$/u.test(file) || !existsSync(file)) return
    found.add(file)
    const imports = readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\s(?!type\b)(?:[^'"]*?from\s+)?['"](\.[^'"]+)['"]/gmsu,
    )
    for (const [, name] of imports) visit(path.resolve(path.dirname(file), name!))
  }
  visit(path.join(client, 'main.ts'))
  return [...found].filter((file) => !file.includes(`${path.sep}language${path.sep}`))
}

/** What can go wrong only once the core is here, and all words with it. */
const isToldLater = (key: string) => key.startsWith('laterProblems.')

test('what is on the screen first is said with the first words', () => {
  const files = loadedFirst()
  expect(files.length).toBeGreaterThan(100)
  const later = new Set(keysOf(catalogue))
  for (const key of keysOf(first)) later.delete(key)
  const said = files.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/['"`]([a-z]\w*(?:\.\w+)+)['"`]/gu),
  ])
  expect(said.map(([, key]) => key!).filter((key) => later.has(key) && !isToldLater(key))).toEqual([])
})
