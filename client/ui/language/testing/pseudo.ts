import type { Catalogue } from '../catalogue.ts'

const accents: Readonly<Record<string, string>> = {
  ...{ a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', c: 'ç', n: 'ñ', s: 'š', y: 'ý', z: 'ž' },
  ...{ A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', C: 'Ç', N: 'Ñ', S: 'Š', Y: 'Ý', Z: 'Ž' },
}

/** Between marks and a third longer, as German is; what stands in braces is a value's name and stays. */
const makeLong = (form: string): string => {
  const accented = form.replaceAll(/\{[^}]*\}|./gsu, (found) => accents[found] ?? found)
  return `⟦${accented}${'~'.repeat(Math.ceil(form.trim().length / 3))}⟧`
}

const makeOne = (message: unknown): unknown =>
  typeof message === 'string'
    ? message.split(' | ').map(makeLong).join(' | ')
    : Object.fromEntries(Object.entries(message as object).map(([key, part]) => [key, makeOne(part)]))

/** A language that nobody speaks, in which what is in no catalogue stands out, and what has too little room. */
export const makePseudo = (english: Catalogue): Catalogue => makeOne(english) as Catalogue
