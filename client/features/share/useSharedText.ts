import { inject } from 'vue'
import type { LogId } from '../../core/ports.ts'
import { createValue } from '../../core/value.ts'
import { useValue } from '../../ui/useValue.ts'
import { addToDraft, sharedTextKey } from './shared-text.ts'

interface SharedTextOptions {
  drafts: { read(room: LogId): string; write(room: LogId, text: string): void }
  goTo: (room: LogId) => void
}

/** A text that another app shared waits for a room, and becomes the draft there: nothing is sent by itself. */
export const useSharedText = ({ drafts, goTo }: SharedTextOptions) => {
  const source = inject(sharedTextKey, () => createValue<string | undefined>(undefined), true)
  const sharedText = useValue(source)
  const dropSharedText = () => source.set(undefined)
  return {
    sharedText,
    dropSharedText,
    putSharedText(room: LogId) {
      if (sharedText.value !== undefined) drafts.write(room, addToDraft(drafts.read(room), sharedText.value))
      dropSharedText()
      goTo(room)
    },
  }
}
