import { readFileSync } from 'node:fs'
import * as v from 'valibot'

const packageSchema = v.object({ version: v.string() })

/** Which Hearth this is. */
export const readVersion = (): string =>
  v.parse(packageSchema, JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')))
    .version
