import { logLimits } from '../../../shared/limits.ts'
import type { Link, LogId } from '../ports.ts'

export interface WantedPage {
  log: LogId
  page: number
}

/**
 * Which page is asked of which link: a few at a time from each, none from two at once, so that history comes from several
 * devices together and nothing twice (Y5).
 */
export interface FetchPlan {
  want(link: Link, wanted: WantedPage): void
  /** The link has answered; `again` when its answer was cut short. */
  answered(link: Link, wanted: WantedPage, again: boolean): void
  forget(link: Link): void
  /**
   * Called now and then: what has waited for an answer since the time before is asked of another link that has it, or whoever never answers
   * would keep it from us.
   */
  giveUpOld(): void
}

export const createFetchPlan = (ask: (link: Link, wanted: WantedPage) => void): FetchPlan => {
  const waiting = new Map<Link, Map<string, WantedPage>>()
  const asked = new Map<string, { link: Link; isOld: boolean }>()
  const nameOf = ({ log, page }: WantedPage) => `${log} ${page}`
  const countAsked = (link: Link) => [...asked.values()].filter((other) => other.link === link).length

  const pump = () => {
    for (const [link, pages] of waiting) {
      for (const [name, wanted] of pages) {
        if (countAsked(link) >= logLimits.syncQuestions) break
        if (asked.has(name)) continue
        pages.delete(name)
        asked.set(name, { link, isOld: false })
        ask(link, wanted)
      }
    }
  }

  return {
    want(link, wanted) {
      const pages = waiting.get(link) ?? new Map<string, WantedPage>()
      waiting.set(link, pages.set(nameOf(wanted), wanted))
      pump()
    },
    answered(link, wanted, again) {
      const name = nameOf(wanted)
      if (asked.get(name)?.link !== link) return // never asked: nothing follows from it
      asked.delete(name)
      if (again) waiting.get(link)?.set(name, wanted)
      pump()
    },
    forget(link) {
      waiting.delete(link)
      for (const [name, other] of asked) if (other.link === link) asked.delete(name)
      pump()
    },
    giveUpOld() {
      const isWantedOfOthers = (name: string, link: Link) =>
        [...waiting].some(([other, pages]) => other !== link && pages.has(name))
      for (const [name, question] of asked)
        if (question.isOld && isWantedOfOthers(name, question.link)) asked.delete(name)
        else question.isOld = true
      pump()
    },
  }
}
