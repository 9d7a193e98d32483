import type { AppearanceChoice } from '../../ui/theme.ts'

export const themes: readonly { theme: AppearanceChoice['theme']; name: string }[] = [
  { theme: 'system', name: 'System' },
  { theme: 'light', name: 'Light' },
  { theme: 'dark', name: 'Dark' },
]

export const contrastNote = (isAsked: boolean): string =>
  isAsked
    ? 'On, since this device asks for it.'
    : 'Black on white or white on black, and stronger lines. Nothing is told by a faint shade.'

/** Ux 38: the four, said. */
export const simpleNote =
  'Larger words and buttons, and only four things to do: write, call, send a photo (that comes later) and see who is there. All the rest stays here in the settings.'
