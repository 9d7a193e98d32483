import type { EventItem } from './arrange.ts'

const verbs = { created: 'created this room', joined: 'joined', left: 'left' } as const

export const describeEvent = ({ person, event }: EventItem): { who: string; did: string } => ({
  who: person.isMe ? 'You' : person.name,
  did: verbs[event],
})
