import type { Followable } from './useValue.ts'
import { grounds } from './theme-colours.ts'
import {
  appearanceKey,
  encodeAppearance,
  lookOf,
  parseAppearance,
  tokensOf,
  type AppearanceChoice,
} from './theme.ts'

/** How the page looks, and the way to change it. */
export interface Appearance extends Followable<AppearanceChoice> {
  choose(change: Partial<AppearanceChoice>): void
}

/** What is needed of the browser. */
export interface AppearanceTools {
  /** Undefined where the browser allows none: a choice holds until the page is closed then. */
  storage: Pick<Storage, 'getItem' | 'setItem'> | undefined
  document: Pick<Document, 'documentElement' | 'querySelectorAll'>
  matchMedia: (query: string) => Pick<MediaQueryList, 'matches' | 'addEventListener'>
  /** Calls when another tab kept something. */
  onKeptElsewhere: (listener: (key: string | null) => void) => void
}

/** Applies the choice and follows it and the device. Once in the life of the page; public/theme.js did the same before the first paint. */
export const startAppearance = (tools: AppearanceTools): Appearance => {
  const { storage, document } = tools
  const dark = tools.matchMedia('(prefers-color-scheme: dark)')
  const more = tools.matchMedia('(prefers-contrast: more)')
  const listeners = new Set<(choice: AppearanceChoice) => void>()
  const readKept = () => parseAppearance(storage?.getItem(appearanceKey) ?? null)
  let choice = readKept()

  const paint = (): void => {
    const root = document.documentElement
    const look = lookOf(choice, { isDark: dark.matches, wantsMoreContrast: more.matches })
    const ground = grounds[look]
    const scheme = ground.isDark ? 'dark' : 'light'
    root.dataset.theme = scheme
    root.toggleAttribute('data-more-contrast', ground.textContrast > 4.5)
    root.toggleAttribute('data-simple', choice.isSimple)
    for (const [token, colour] of tokensOf(choice, look)) {
      if (colour === undefined) root.style.removeProperty(token)
      else root.style.setProperty(token, colour)
    }
    for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
      meta.setAttribute('content', ground.sunken)
    for (const meta of document.querySelectorAll('meta[name="color-scheme"]'))
      meta.setAttribute('content', scheme)
  }

  const take = (next: AppearanceChoice): void => {
    choice = next
    paint()
    for (const listener of [...listeners]) listener(choice)
  }

  dark.addEventListener('change', paint)
  more.addEventListener('change', paint)
  tools.onKeptElsewhere((key) => {
    if (key === appearanceKey || key === null) take(readKept())
  })
  paint()

  return {
    get: () => choice,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    choose(change) {
      const next = { ...choice, ...change }
      try {
        storage?.setItem(appearanceKey, encodeAppearance(next))
      } catch {
        // No room: then it holds until the page is closed.
      }
      take(next)
    },
  }
}
