import type { WordKey } from './language/language.ts'

/** Where the words for a problem stand in the catalogues (ux 45). */
export interface WordKeys {
  happened: WordKey
  /** Whether what they wrote is safe; absent where nothing could be lost. */
  safety?: WordKey
  todo: WordKey
}

const savedIsSafe = 'problems.shared.savedIsSafe'
const nothingChanged = 'problems.shared.nothingChanged'
const othersHaveMessages = 'problems.shared.othersHaveMessages'
const askForAnother = 'problems.shared.askForAnother'
const removeThenSignIn = 'problems.shared.removeThenSignIn'
const reload = 'problems.shared.reload'

const rooms = {
  nameEmpty: { happened: 'problems.nameEmpty.happened', todo: 'problems.nameEmpty.todo' },
  nameTaken: { happened: 'laterProblems.nameTaken.happened', todo: 'laterProblems.nameTaken.todo' },
  messageGone: { happened: 'problems.messageGone.happened', todo: 'problems.messageGone.todo' },
  mayNotErase: {
    happened: 'problems.mayNotErase.happened',
    safety: nothingChanged,
    todo: 'problems.mayNotErase.todo',
  },
  textEmpty: { happened: 'problems.textEmpty.happened', todo: 'problems.textEmpty.todo' },
} as const satisfies Record<string, WordKeys>

const thisDevice = {
  quotaExceeded: {
    happened: 'problems.quotaExceeded.happened',
    safety: savedIsSafe,
    todo: 'problems.quotaExceeded.todo',
  },
  storeClosed: { happened: 'problems.storeClosed.happened', safety: savedIsSafe, todo: reload },
  storeFailed: {
    happened: 'problems.storeFailed.happened',
    safety: savedIsSafe,
    todo: 'problems.storeFailed.todo',
  },
  ownFeedForked: {
    happened: 'problems.ownFeedForked.happened',
    safety: 'problems.ownFeedForked.safety',
    todo: 'problems.ownFeedForked.todo',
  },
  keyMissing: {
    happened: 'problems.keyMissing.happened',
    safety: othersHaveMessages,
    todo: removeThenSignIn,
  },
  sealBroken: {
    happened: 'problems.sealBroken.happened',
    safety: othersHaveMessages,
    todo: removeThenSignIn,
  },
  browserTooOld: {
    happened: 'problems.browserTooOld.happened',
    safety: 'problems.browserTooOld.safety',
    todo: 'problems.browserTooOld.todo',
  },
  unexpected: { happened: 'problems.unexpected.happened', safety: savedIsSafe, todo: reload },
  storageLost: {
    happened: 'problems.storageLost.happened',
    safety: 'problems.storageLost.safety',
    todo: 'problems.storageLost.todo',
  },
  storageTaken: { happened: 'laterProblems.storageTaken.happened', todo: reload },
  insecure: { happened: 'problems.insecure.happened', todo: 'problems.insecure.todo' },
  locked: {
    happened: 'laterProblems.locked.happened',
    safety: savedIsSafe,
    todo: 'laterProblems.locked.todo',
  },
  wrongPassphrase: {
    happened: 'laterProblems.wrongPassphrase.happened',
    safety: savedIsSafe,
    todo: 'laterProblems.wrongPassphrase.todo',
  },
  passkeyFailed: {
    happened: 'laterProblems.passkeyFailed.happened',
    safety: nothingChanged,
    todo: 'laterProblems.passkeyFailed.todo',
  },
} as const satisfies Record<string, WordKeys>

const invitations = {
  brokenLink: { happened: 'laterProblems.brokenLink.happened', todo: 'laterProblems.brokenLink.todo' },
  invitationUnknown: { happened: 'laterProblems.invitationUnknown.happened', todo: askForAnother },
  invitationUsed: {
    happened: 'laterProblems.invitationUsed.happened',
    todo: 'laterProblems.invitationUsed.todo',
  },
  invitationExpired: { happened: 'laterProblems.invitationExpired.happened', todo: askForAnother },
  invitationRevoked: { happened: 'laterProblems.invitationRevoked.happened', todo: askForAnother },
  welcomeBroken: {
    happened: 'laterProblems.welcomeBroken.happened',
    todo: 'laterProblems.welcomeBroken.todo',
  },
  otherFamily: {
    happened: 'laterProblems.otherFamily.happened',
    safety: 'laterProblems.otherFamily.safety',
    todo: 'laterProblems.otherFamily.todo',
  },
  linkingExpired: {
    happened: 'laterProblems.linkingExpired.happened',
    safety: nothingChanged,
    todo: 'laterProblems.linkingExpired.todo',
  },
} as const satisfies Record<string, WordKeys>

const signingIn = {
  wrongLogin: { happened: 'laterProblems.wrongLogin.happened', todo: 'laterProblems.wrongLogin.todo' },
  disabled: {
    happened: 'laterProblems.disabled.happened',
    safety: 'laterProblems.disabled.safety',
    todo: 'laterProblems.disabled.todo',
  },
  signedOut: {
    happened: 'laterProblems.signedOut.happened',
    safety: savedIsSafe,
    todo: 'laterProblems.signedOut.todo',
  },
  deviceUnknown: {
    happened: 'laterProblems.deviceUnknown.happened',
    safety: 'laterProblems.deviceUnknown.safety',
    todo: 'laterProblems.deviceUnknown.todo',
  },
  notAPhrase: { happened: 'laterProblems.notAPhrase.happened', todo: 'laterProblems.notAPhrase.todo' },
  phraseUnknown: {
    happened: 'laterProblems.phraseUnknown.happened',
    todo: 'laterProblems.phraseUnknown.todo',
  },
  boxBroken: {
    happened: 'laterProblems.boxBroken.happened',
    safety: 'laterProblems.boxBroken.safety',
    todo: 'laterProblems.boxBroken.todo',
  },
} as const satisfies Record<string, WordKeys>

const doing = {
  roleTooLow: {
    happened: 'laterProblems.roleTooLow.happened',
    safety: nothingChanged,
    todo: 'laterProblems.roleTooLow.todo',
  },
  notAllowed: {
    happened: 'laterProblems.notAllowed.happened',
    safety: nothingChanged,
    todo: 'laterProblems.notAllowed.todo',
  },
  notFound: { happened: 'laterProblems.notFound.happened', todo: 'laterProblems.notFound.todo' },
  pictureTooLarge: {
    happened: 'laterProblems.pictureTooLarge.happened',
    safety: 'laterProblems.pictureTooLarge.safety',
    todo: 'laterProblems.pictureTooLarge.todo',
  },
  tooLarge: {
    happened: 'laterProblems.tooLarge.happened',
    safety: nothingChanged,
    todo: 'laterProblems.tooLarge.todo',
  },
} as const satisfies Record<string, WordKeys>

const server = {
  unreachable: {
    happened: 'laterProblems.unreachable.happened',
    safety: nothingChanged,
    todo: 'laterProblems.unreachable.todo',
  },
  serverError: {
    happened: 'laterProblems.serverError.happened',
    safety: nothingChanged,
    todo: 'laterProblems.serverError.todo',
  },
  malformed: {
    happened: 'laterProblems.malformed.happened',
    safety: savedIsSafe,
    todo: 'laterProblems.malformed.todo',
  },
  foreignOrigin: {
    happened: 'laterProblems.foreignOrigin.happened',
    safety: nothingChanged,
    todo: 'laterProblems.foreignOrigin.todo',
  },
  wrongProof: {
    happened: 'laterProblems.wrongProof.happened',
    safety: nothingChanged,
    todo: 'laterProblems.wrongProof.todo',
  },
} as const satisfies Record<string, WordKeys>

/** Every problem whose words are always the same. */
export const fixedWords = { ...rooms, ...thisDevice, ...invitations, ...signingIn, ...doing, ...server }
