import type { AppearanceTools } from '../theme-apply.ts'
import type { SystemLook } from '../theme.ts'

/** As much of a page as it takes to paint a look on it, in Node. */
export const fakePage = (start: { system: SystemLook; kept: Readonly<Record<string, string>> }) => {
  let { system } = start
  const kept = new Map(Object.entries(start.kept))
  const attributes = new Set<string>()
  const dataset: Record<string, string> = {}
  const tokens: Record<string, string> = {}
  const metas = new Map(['theme-color', 'color-scheme'].map((name) => [name, '']))
  const turned = new Set<() => void>()
  const keptElsewhere = new Set<(key: string | null) => void>()

  const documentElement = {
    dataset,
    toggleAttribute(name: string, isOn: boolean) {
      if (isOn) attributes.add(name)
      else attributes.delete(name)
    },
    style: {
      setProperty: (token: string, colour: string) => (tokens[token] = colour),
      removeProperty: (token: string) => Reflect.deleteProperty(tokens, token),
    },
  }
  const document = {
    documentElement,
    querySelectorAll: (selector: string) => {
      const name = /name="([\w-]+)"/.exec(selector)?.[1] ?? ''
      return [{ setAttribute: (_: 'content', value: string) => metas.set(name, value) }]
    },
  }
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  const tools = {
    storage,
    document: document as unknown as AppearanceTools['document'],
    matchMedia: (query: string) => ({
      get matches() {
        return query.includes('contrast') ? system.wantsMoreContrast : system.isDark
      },
      addEventListener: (_: string, listener: unknown) => turned.add(listener as () => void),
    }),
    onKeptElsewhere: (listener: (key: string | null) => void) => void keptElsewhere.add(listener),
  } satisfies AppearanceTools

  return {
    tools,
    turn(next: SystemLook) {
      system = next
      for (const listener of turned) listener()
    },
    keepElsewhere(key: string, value: string) {
      kept.set(key, value)
      for (const listener of keptElsewhere) listener(key)
    },
    painted: () => ({
      theme: dataset.theme,
      hasMoreContrast: attributes.has('data-more-contrast'),
      isSimple: attributes.has('data-simple'),
      tokens: { ...tokens },
      themeColour: metas.get('theme-color'),
      scheme: metas.get('color-scheme'),
    }),
  }
}
