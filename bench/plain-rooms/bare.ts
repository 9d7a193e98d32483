import { wishedRooms } from './wished-rooms.ts'

/** The least that a page can do: text into an element, and elements that were made before put in place of others. */
const log = document.querySelector('[role=log]')!
const field = document.querySelector('textarea')!

const itemOf = (line: string): HTMLLIElement => {
  const item = document.createElement('li')
  item.textContent = line
  return item
}
const toEnd = () => {
  log.scrollTop = log.scrollHeight
}

for (const [index, { name, lines }] of wishedRooms().entries()) {
  const items = lines.map(itemOf)
  const open = () => {
    log.replaceChildren(...items)
    toEnd()
  }
  const button = document.createElement('button')
  button.textContent = name
  button.onclick = open
  document.querySelector('nav')!.append(button)
  if (index === 0) open()
}
field.onkeydown = (event) => {
  if (event.key !== 'Enter') return
  event.preventDefault()
  log.append(itemOf(field.value))
  field.value = ''
  toEnd()
}
