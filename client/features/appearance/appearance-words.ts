import { t, type WordKey } from '../../ui/language/language.ts'
import type { AppearanceChoice } from '../../ui/theme.ts'

export const themes: readonly { theme: AppearanceChoice['theme']; name: WordKey }[] = [
  { theme: 'system', name: 'appearance.theme.system' },
  { theme: 'light', name: 'appearance.theme.light' },
  { theme: 'dark', name: 'appearance.theme.dark' },
]

export const contrastNote = (isAsked: boolean): string =>
  isAsked ? t('appearance.contrast.asked') : t('appearance.contrast.offered')
