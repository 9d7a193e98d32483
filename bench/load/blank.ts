import { createApp, h, shallowRef } from 'vue'

/** The least that a page made with Vue can be: one line of text that could change. */
const text = shallowRef('hello')
createApp({ render: () => h('ul', { role: 'log' }, [h('li', text.value)]) }).mount('#app')
