import { createApp, h, type ShallowRef } from 'vue'

/** The least that Vue can show of messages: a list of texts, which follows. */
export const showLines = (lines: Readonly<ShallowRef<readonly string[]>>): void => {
  createApp({
    render: () =>
      h(
        'ul',
        { role: 'log' },
        lines.value.map((text) => h('li', text)),
      ),
  }).mount('#app')
}
