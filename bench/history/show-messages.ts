import { createApp, h, type ShallowRef } from 'vue'
import type { FamilyMessage } from './family-history.ts'

/** A message's row as plain pages show it: who, what, and what others gave it. */
export const wordsOf = ({ author, text, edited, reactions }: FamilyMessage): string[] => [
  `Person ${author}`,
  edited ?? text,
  ...(reactions.length > 0 ? [reactions.map(({ emoji }) => emoji).join(' ')] : []),
]

/** The least that Vue can show of messages: a list of rows, which follows. */
export const showMessages = (messages: Readonly<ShallowRef<readonly FamilyMessage[]>>): void => {
  createApp({
    render: () =>
      h(
        'ol',
        { role: 'log' },
        messages.value.map((message) =>
          h(
            'li',
            wordsOf(message).map((words) => h('div', { dir: 'auto' }, words)),
          ),
        ),
      ),
  }).mount('#app')
}
