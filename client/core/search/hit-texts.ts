import { searchLimits } from '../../../shared/limits.ts'
import type { PageReader } from './page-reader.ts'
import { parsePageTexts, type PageTexts } from './page-texts.ts'
import type { SegmentStore } from './ports.ts'
import type { Hit } from './query.ts'
import { nameOfPlace, type PagePlace } from './saying.ts'

export interface HitTextsOptions {
  segments: Pick<SegmentStore, 'readTexts'>
  reader: Pick<PageReader, 'generationOf' | 'unkeptTexts'>
}

const placeOf = ({ log, key: { page } }: Hit): PagePlace => ({ log, page })

/** What the messages say that were found. Undefined where a page was made anew meanwhile: then the question is to be asked again. */
export const createHitTexts = ({ segments, reader }: HitTextsOptions) => {
  /** The pages that were looked at last, with the generation that they are of. */
  const open = new Map<string, { generation: number; texts: PageTexts | undefined }>()

  const textsOf = async (place: PagePlace): Promise<PageTexts | undefined> => {
    const name = nameOfPlace(place)
    const generation = reader.generationOf(place)
    const known = open.get(name)
    if (known?.generation === generation) return known.texts
    const bytes = reader.unkeptTexts(place) ?? (await segments.readTexts(place))
    const texts = bytes && parsePageTexts(bytes)
    open.delete(name)
    open.set(name, { generation, texts })
    for (const oldest of open.keys()) {
      if (open.size <= searchLimits.maxOpenTexts) break
      open.delete(oldest)
    }
    return texts
  }

  return async (hits: readonly Hit[]): Promise<{ hit: Hit; text: string }[] | undefined> => {
    const generations = new Map(hits.map((hit) => [placeOf(hit), reader.generationOf(placeOf(hit))]))
    const pages = new Map<string, PageTexts | undefined>()
    for (const hit of hits) {
      const name = nameOfPlace(placeOf(hit))
      if (hit.text === undefined && !pages.has(name)) pages.set(name, await textsOf(placeOf(hit)))
    }
    for (const [place, generation] of generations)
      if (reader.generationOf(place) !== generation) return undefined
    return hits.flatMap((hit) => {
      const text = hit.text ?? pages.get(nameOfPlace(placeOf(hit)))?.textAt(hit.key)
      return text === undefined ? [] : [{ hit, text }]
    })
  }
}
