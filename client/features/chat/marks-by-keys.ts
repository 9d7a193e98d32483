/**
 * The delivery marks are one stop of the Tab key, the newest; arrow keys go from there to the others. Otherwise a room
 * would cost a keyboard as many presses as it shows messages.
 */
export const moveAmongMarks = (event: KeyboardEvent) => {
  const log = event.currentTarget
  const focused = event.target
  if (!(log instanceof Element) || !(focused instanceof Element) || !focused.matches('[data-mark]')) return
  const marks = [...log.querySelectorAll<HTMLElement>('[data-mark]')]
  const next = marks[marks.indexOf(focused as HTMLElement) + (event.key === 'ArrowUp' ? -1 : 1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}
