import { t, type WordKey } from '../../ui/language/language.ts'
import type { MemberAction } from './role-menu.ts'

const labels = {
  makeAdmin: 'family.actions.makeAdmin',
  makeMember: 'family.actions.makeMember',
  turnOff: 'family.actions.turnOff',
  turnOn: 'family.actions.turnOn',
  inviteAgain: 'family.actions.inviteAgain',
  remove: 'family.actions.remove',
} as const satisfies Record<string, WordKey>

type ActionName = keyof typeof labels

const notes = {
  makeAdmin: 'family.actions.makeAdminNote',
  makeMember: 'family.actions.makeMemberNote',
  turnOff: 'family.actions.turnOffNote',
  turnOn: 'family.actions.turnOnNote',
  inviteAgain: 'family.actions.inviteAgainNote',
  remove: 'family.actions.removeNote',
} as const satisfies Record<ActionName, WordKey>

const questions = {
  makeAdmin: 'family.confirm.makeAdmin',
  makeMember: 'family.confirm.makeMember',
  turnOff: 'family.confirm.turnOff',
  turnOn: 'family.confirm.turnOn',
  inviteAgain: 'family.confirm.inviteAgain',
  remove: 'family.confirm.remove',
} as const satisfies Record<ActionName, WordKey>

/** All but inviting again, which shows its link instead. */
const reports = {
  makeAdmin: 'family.done.makeAdmin',
  makeMember: 'family.done.makeMember',
  turnOff: 'family.done.turnOff',
  turnOn: 'family.done.turnOn',
  remove: 'family.done.remove',
} as const satisfies Record<Exclude<ActionName, 'inviteAgain'>, WordKey>

type DoneAction = Exclude<MemberAction, { type: 'inviteAgain' }>

const nameDone = (action: DoneAction): keyof typeof reports => {
  switch (action.type) {
    case 'setRole':
      return action.role === 'admin' ? 'makeAdmin' : 'makeMember'
    case 'setDisabled':
      return action.isDisabled ? 'turnOff' : 'turnOn'
    case 'remove':
      return 'remove'
  }
}

const nameOf = (action: MemberAction): ActionName =>
  action.type === 'inviteAgain' ? 'inviteAgain' : nameDone(action)

export const actionLabel = (action: MemberAction): string => t(labels[nameOf(action)])

export const actionNote = (action: MemberAction): string => t(notes[nameOf(action)])

/** What it means for `{who}`, said before it is done. */
export const actionQuestion = (action: MemberAction): WordKey => questions[nameOf(action)]

/** What is said when it is done. */
export const actionDone = (action: DoneAction): string => t(reports[nameDone(action)])
