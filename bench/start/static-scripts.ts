import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseSync } from 'vite'

const entryPattern = /<script type="module"[^>]* src="([^"]+)"/g
const importing: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
])

/** The scripts that one of the built client imports at its beginning, as paths from the client's folder. */
const importsOf = (script: string, code: string): string[] =>
  parseSync(script, code).program.body.flatMap((statement) => {
    const source = importing.has(statement.type) && 'source' in statement ? statement.source : undefined
    return source ? [path.posix.join(path.posix.dirname(script), source.value)] : []
  })

/** What the built client cannot begin without: what its page names, and all that is imported from it on and on; not what `import()` brings. */
export const staticScripts = async (folder: string): Promise<string[]> => {
  const page = await readFile(path.join(folder, 'index.html'), 'utf8')
  const entries = [...page.matchAll(entryPattern)].flatMap(([, entry]) => entry ?? [])
  if (entries.length === 0) throw new Error('the page has no entry')
  const found = new Set(entries)
  // A set gives what is put in while it is gone through.
  for (const script of found)
    for (const imported of importsOf(script, await readFile(path.join(folder, script), 'utf8')))
      found.add(imported)
  return [...found]
}
