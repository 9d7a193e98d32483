import type { Screen } from './features/layout/screen.ts'

/** Opens the gallery where a person had gone, step by step, so that they can go back. */
export const at = ({ room, people, over = [] }: Screen): void => {
  const steps: Screen[] = [
    {},
    ...(room === undefined ? [] : [{ room }]),
    ...(room !== undefined && people ? [{ room, people }] : []),
    ...over.map((_, index) => ({ ...(room !== undefined && { room }), over: over.slice(0, index + 1) })),
  ]
  for (const [index, step] of steps.entries())
    history[index === 0 ? 'replaceState' : 'pushState']({ hearth: step }, '')
}
