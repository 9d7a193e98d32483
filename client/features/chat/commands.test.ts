import { describe, expect, test } from 'vitest'
import { anna, bob, everybody, fakePerson, grandpa, mia } from '../../core/testing/fake-family.ts'
import { explainAddressee, explainPoll, findAddressee, parseCommand, type Addressee } from './commands.ts'

describe('ux 19: what is a command', () => {
  test.each([
    ['/dm Bob', 'Bob'],
    ['  /dm   Bob  hello ', 'Bob  hello'],
    ['/DM bob', 'bob'],
    ['/dm Bob line one\nline two', 'Bob line one\nline two'],
    ['/dm\nBob', 'Bob'],
    ['/dm', ''],
    ['/dm ', ''],
  ])('%j', (text, rest) => {
    expect(parseCommand(text)).toEqual({ type: 'direct', rest })
  })

  test.each([
    ['/join #garden party', { type: 'join', name: 'garden party' }],
    ['/invite', { type: 'invite' }],
    ['/topic  Summer at the lake ', { type: 'topic', words: 'Summer at the lake' }],
    ['/topic', { type: 'topic', words: '' }],
    ['/topic -', { type: 'topic', words: '-' }],
    [' /leave ', { type: 'leave' }],
    ['/HELP', { type: 'help' }],
    ['/shrug', { type: 'shrug', text: '¯\\_(ツ)_/¯' }],
    ['/shrug who knows', { type: 'shrug', text: 'who knows ¯\\_(ツ)_/¯' }],
    [
      '/poll Pizza or pasta? | Pizza |Pasta | ',
      { type: 'poll', question: 'Pizza or pasta?', options: ['Pizza', 'Pasta'] },
    ],
    ['/poll', { type: 'poll', question: '', options: [] }],
  ])('%j', (text, command) => {
    expect(parseCommand(text)).toEqual(command)
  })

  test.each([
    ['/me waves', 'waves'],
    ['  /me  waves to @Bob ', 'waves to @Bob '],
    ['/me', ''],
  ])('what one does begins where its text does: %j', (text, action) => {
    const command = parseCommand(text)
    expect(command?.type === 'action' && text.slice(command.start)).toBe(action)
  })

  test('a poll needs a question and answers that differ', () => {
    const poll = (text: string) => {
      const command = parseCommand(text)
      return command?.type === 'poll' ? explainPoll(command) : 'no poll'
    }
    expect(poll('/poll When? | Today | Tomorrow')).toBeUndefined()
    expect(poll('/poll When?')).toContain('two answers')
    expect(poll('/poll | a | b')).toContain('question')
    expect(poll('/poll When? | today | Today')).toContain('the same')
    expect(poll(`/poll When? ${Array.from({ length: 13 }, (_, index) => `| ${index}`).join(' ')}`)).toContain(
      'at most 12',
    )
    expect(poll(`/poll When? | a | ${'x'.repeat(401)}`)).toContain('too long')
  })

  test.each(['Bob', '/dmBob', '/', '//dm Bob', 'see /dm Bob', '/usr/bin', '/leave it', '/help me', ''])(
    'a message: %j',
    (text) => {
      expect(parseCommand(text)).toBeUndefined()
    },
  )
})

describe('ux 19: whom /dm means', () => {
  const find = (rest: string, people = everybody) => findAddressee(rest, people)
  const to = (person: typeof bob, text = ''): Addressee => ({ type: 'person', person, text })

  test('big and small letters, and how a letter is encoded, make no difference', () => {
    expect(find('bob')).toEqual(to(bob))
    expect(find('BOB')).toEqual(to(bob))
    const zoe = fakePerson('Zoë')
    expect(find('ZOE\u0308', [anna, zoe])).toEqual(to(zoe))
    expect(find('ليلى')).toMatchObject({ type: 'person', text: '' })
  })

  test('a name of several words, and what comes after it', () => {
    expect(find('mia lindqvist')).toEqual(to(mia))
    expect(find('Mia  Lindqvist  see you\n  at five')).toEqual(to(mia, 'see you\n  at five'))
    expect(find('Bob Lindqvist is coming')).toEqual(to(bob, 'Lindqvist is coming'))
  })

  test('the longest name wins', () => {
    const bobby = fakePerson('Bob Lindqvist')
    expect(find('Bob Lindqvist is coming', [anna, bob, bobby])).toEqual(to(bobby, 'is coming'))
    expect(find('Bob is coming', [anna, bob, bobby])).toEqual(to(bob, 'is coming'))
  })

  test('a first name does where one person has it', () => {
    expect(find('Mia hello')).toEqual(to(mia, 'hello'))
    expect(find('@mia')).toEqual(to(mia))
    expect(find('grandpa')).toEqual(to(grandpa))
    expect(find('Mi')).toEqual({ type: 'nobody', name: 'Mi' })
    const other = fakePerson('Mia Meier')
    expect(find('Mia', [...everybody, other])).toEqual({ type: 'several', name: 'Mia' })
    expect(find('Mia Meier', [...everybody, other])).toEqual(to(other))
  })

  test('nobody, several, oneself, somebody blocked, somebody who has left', () => {
    expect(find('')).toEqual({ type: 'noName' })
    expect(find('Brob and so on')).toEqual({ type: 'nobody', name: 'Brob' })
    const second = { ...fakePerson('Second'), name: 'bob' }
    expect(find('Bob', [...everybody, second])).toEqual({ type: 'several', name: 'Bob' })
    expect(find('Anna')).toEqual({ type: 'myself' })
    const blocked = { ...bob, isBlocked: true }
    expect(find('Bob', [anna, blocked])).toEqual({ type: 'blocked', person: blocked })
    expect(find('Bob', [anna, { ...bob, isRemoved: true }])).toEqual({ type: 'nobody', name: 'Bob' })
  })

  test('each is said in words', () => {
    expect(explainAddressee({ type: 'nobody', name: 'Brob' })).toContain('called “Brob”')
    expect(explainAddressee({ type: 'several', name: 'Mia' })).toContain('More than one')
    expect(explainAddressee({ type: 'blocked', person: bob })).toContain('blocked Bob')
    expect(explainAddressee({ type: 'noName' })).toContain('/dm')
    expect(explainAddressee({ type: 'myself' })).toContain('you')
  })
})
