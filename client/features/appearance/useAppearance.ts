import { computed, inject } from 'vue'
import { lookOf, plainAppearance, type AppearanceChoice } from '../../ui/theme.ts'
import type { Appearance } from '../../ui/theme-apply.ts'
import { appearanceInjection } from '../../ui/theme-keys.ts'
import { useMedia } from '../../ui/useMedia.ts'
import { useValue } from '../../ui/useValue.ts'

/** Where nobody provides one, in a gallery for example, nothing can be chosen. */
const fixed: Appearance = {
  get: () => plainAppearance,
  subscribe: () => () => undefined,
  choose: () => undefined,
}

/** The look of the page and what it came from, with the way to choose another. */
export const useAppearance = () => {
  const appearance = inject(appearanceInjection, fixed)
  const choice = useValue<AppearanceChoice>(appearance)
  const isDark = useMedia('(prefers-color-scheme: dark)')
  const wantsMoreContrast = useMedia('(prefers-contrast: more)')
  const look = computed(() =>
    lookOf(choice.value, { isDark: isDark.value, wantsMoreContrast: wantsMoreContrast.value }),
  )
  return { choice, look, wantsMoreContrast, choose: appearance.choose }
}
