import { createApp, h, nextTick, shallowRef } from 'vue'
import { wishedRooms } from './wished-rooms.ts'

/** The plain way with Vue: rooms, the same messages, and a field bound to a text. Nothing is kept, sealed or sent. */
const rooms = wishedRooms().map(({ name, lines }) => ({ name, lines: shallowRef<readonly string[]>(lines) }))
const current = shallowRef(0)
const text = shallowRef('')
const linesNow = () => rooms[current.value]?.lines.value ?? []

const toEnd = () =>
  nextTick(() => {
    const log = document.querySelector('[role=log]')!
    log.scrollTop = log.scrollHeight
  })
const open = (index: number) => {
  current.value = index
  void toEnd()
}
const onKey = (event: KeyboardEvent) => {
  if (event.key !== 'Enter') return
  event.preventDefault()
  const room = rooms[current.value]
  if (room) room.lines.value = [...room.lines.value, text.value]
  text.value = ''
  void toEnd()
}

createApp({
  render: () => [
    h(
      'nav',
      { 'aria-label': 'Rooms' },
      rooms.map(({ name }, index) => h('button', { onClick: () => open(index) }, name)),
    ),
    h(
      'ol',
      { role: 'log' },
      linesNow().map((line) => h('li', { key: line }, line)),
    ),
    h('textarea', {
      'aria-label': 'Message',
      value: text.value,
      onInput: (event: InputEvent) => (text.value = (event.target as HTMLTextAreaElement).value),
      onKeydown: onKey,
    }),
  ],
}).mount('#app')
void toEnd()
