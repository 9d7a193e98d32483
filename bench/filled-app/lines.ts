/** How many of a room's newest messages a screen shows when the room opens. */
export const shownLines = 50

/** What the rooms are called: the family's own, and those beside it. */
export const roomName = (index: number): string => (index === 0 ? 'general' : `Room ${index + 1}`)

const sayings = [
  'Yes!',
  'We meet at seven by the old bridge',
  'Who has the key to the cellar? I looked for it behind the clock and in the blue jar, and it is in neither',
  'Back at nine 🚲',
] as const

/** What was said in a room, no two alike. */
export const lineOf = (room: string, index: number): string =>
  `${sayings[index % sayings.length] ?? ''} (${room}, no. ${index + 1})`

/** The newest of so many messages, oldest first. */
export const newestLines = (room: string, count: number): string[] =>
  Array.from({ length: Math.min(count, shownLines) }, (_, index) =>
    lineOf(room, Math.max(0, count - shownLines) + index),
  )
