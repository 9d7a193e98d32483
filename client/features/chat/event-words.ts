import type { Person } from '../../core/hearth.ts'
import type { WordKey } from '../../ui/language/language.ts'
import type { EventItem } from './arrange.ts'
import { keepWords } from './keep-words.ts'
import type { Sentence } from './sentence.ts'

/** What happened to somebody: told without, and with who did it. “You” bends the verb in most languages. */
interface Happening {
  you: WordKey
  other: WordKey
  youOther: WordKey
  otherYou: WordKey
  otherOther: WordKey
}

const happenings = {
  added: {
    you: 'chat.event.added.you',
    other: 'chat.event.added.other',
    youOther: 'chat.event.added.youOther',
    otherYou: 'chat.event.added.otherYou',
    otherOther: 'chat.event.added.otherOther',
  },
  removed: {
    you: 'chat.event.removed.you',
    other: 'chat.event.removed.other',
    youOther: 'chat.event.removed.youOther',
    otherYou: 'chat.event.removed.otherYou',
    otherOther: 'chat.event.removed.otherOther',
  },
  becameAdmin: {
    you: 'chat.event.admin.you',
    other: 'chat.event.admin.other',
    youOther: 'chat.event.admin.youOther',
    otherYou: 'chat.event.admin.otherYou',
    otherOther: 'chat.event.admin.otherOther',
  },
  becameMember: {
    you: 'chat.event.member.you',
    other: 'chat.event.member.other',
    youOther: 'chat.event.member.youOther',
    otherYou: 'chat.event.member.otherYou',
    otherOther: 'chat.event.member.otherOther',
  },
} as const satisfies Readonly<Record<string, Happening>>

const happenedTo = (whom: Person, by: Person | undefined, told: Happening): Sentence => {
  if (!by) return didIt(whom, told.you, told.other)
  if (by.isMe) return { key: told.youOther, parts: { whom: whom.name } }
  if (whom.isMe) return { key: told.otherYou, parts: { who: by.name } }
  return { key: told.otherOther, parts: { who: by.name, whom: whom.name } }
}

const didIt = (who: Person, you: WordKey, other: WordKey, parts: Sentence['parts'] = {}): Sentence =>
  who.isMe ? { key: you, parts } : { key: other, parts: { who: who.name, ...parts } }

/** One line of a room's history, as the one who looks would say it. */
export const describeEvent = ({ person, event, by, name, keep, topic }: EventItem): Sentence => {
  switch (event) {
    case 'created':
      return didIt(person, 'chat.event.created.you', 'chat.event.created.other')
    case 'joined':
      return didIt(person, 'chat.event.joined.you', 'chat.event.joined.other')
    case 'left':
      return didIt(person, 'chat.event.left.you', 'chat.event.left.other')
    case 'added':
    case 'removed':
    case 'becameAdmin':
    case 'becameMember':
      return happenedTo(person, by, happenings[event])
    case 'renamed':
      return name === undefined
        ? didIt(by ?? person, 'chat.event.renamed.you', 'chat.event.renamed.other')
        : didIt(by ?? person, 'chat.event.renamed.youTo', 'chat.event.renamed.otherTo', { name })
    case 'retained': {
      const { setByYou, setByOther } = keepWords[keep ?? 'forever']
      return didIt(person, setByYou, setByOther)
    }
    case 'topicChanged':
      return topic
        ? didIt(person, 'chat.event.topic.you', 'chat.event.topic.other', { topic })
        : didIt(person, 'chat.event.topic.goneByYou', 'chat.event.topic.goneByOther')
    case 'forked':
      return person.isMe
        ? { key: 'chat.event.forked.you', parts: {} }
        : { key: 'chat.event.forked.other', parts: { whom: person.name } }
    case 'keysChanged':
      return { key: 'chat.event.keysChanged', parts: {} }
  }
}
