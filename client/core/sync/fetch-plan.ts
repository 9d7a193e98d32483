import type { DeviceId } from '../../../shared/identifiers.ts'
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
  /** All that is asked or waits to be. */
  wanted(): readonly WantedPage[]
  /** Whether the link's device is being asked: what comes of the page is then its answer. */
  isAsked(device: DeviceId, wanted: WantedPage): boolean
  /** Something new came of what the link was asked: it is answering, one question after another. */
  heard(link: Link): void
  /** Nothing more is asked of the link; what it was asked stays its own, since some of its answer may still wait to be judged. */
  leave(link: Link): void
  /** Nothing more of the link's answers comes: others are asked for what is left. */
  forget(link: Link): void
  /**
   * Called now and then: of whom nothing was heard since the time before, what it was asked is asked of another link that has it, or whoever
   * never answers would keep it from us. So is what is not answered after a long time, however much is heard.
   */
  giveUpOld(): void
}

export const createFetchPlan = (ask: (link: Link, wanted: WantedPage) => void): FetchPlan => {
  const waiting = new Map<Link, Map<string, WantedPage>>()
  const asked = new Map<string, { link: Link; wanted: WantedPage; age: number; isOld: boolean }>()
  const nameOf = ({ log, page }: WantedPage) => `${log} ${page}`
  const countAsked = (link: Link) => [...asked.values()].filter((other) => other.link === link).length

  const pump = () => {
    for (const [link, pages] of waiting) {
      for (const [name, wanted] of pages) {
        if (countAsked(link) >= logLimits.syncQuestions) break
        if (asked.has(name)) continue
        pages.delete(name)
        asked.set(name, { link, wanted, age: 0, isOld: false })
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
    wanted() {
      const all = new Map([...asked].map(([name, { wanted }]) => [name, wanted]))
      for (const pages of waiting.values()) for (const [name, wanted] of pages) all.set(name, wanted)
      return [...all.values()]
    },
    isAsked: (device, wanted) => asked.get(nameOf(wanted))?.link.device === device,
    heard(link) {
      for (const question of asked.values()) if (question.link === link) question.isOld = false
    },
    leave(link) {
      waiting.delete(link)
    },
    forget(link) {
      waiting.delete(link)
      for (const [name, other] of asked) if (other.link === link) asked.delete(name)
      pump()
    },
    giveUpOld() {
      const isWantedOfOthers = (name: string, link: Link) =>
        [...waiting].some(([other, pages]) => other !== link && pages.has(name))
      for (const [name, question] of asked) {
        const isOver = question.isOld || question.age >= logLimits.maxComparisonsAsked
        if (isOver && isWantedOfOthers(name, question.link)) asked.delete(name)
        question.age += 1
        question.isOld = true
      }
      pump()
    },
  }
}
