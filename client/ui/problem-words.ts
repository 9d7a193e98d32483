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
const clearThenSignIn = 'problems.shared.clearThenSignIn'
const reload = 'problems.shared.reload'

const rooms = {
  nameEmpty: { happened: 'problems.nameEmpty.happened', todo: 'problems.nameEmpty.todo' },
  nameTaken: { happened: 'problems.nameTaken.happened', todo: 'problems.nameTaken.todo' },
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
    todo: clearThenSignIn,
  },
  sealBroken: {
    happened: 'problems.sealBroken.happened',
    safety: othersHaveMessages,
    todo: clearThenSignIn,
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
  insecure: { happened: 'problems.insecure.happened', todo: 'problems.insecure.todo' },
  locked: { happened: 'problems.locked.happened', safety: savedIsSafe, todo: 'problems.locked.todo' },
  wrongPassphrase: {
    happened: 'problems.wrongPassphrase.happened',
    safety: savedIsSafe,
    todo: 'problems.wrongPassphrase.todo',
  },
  passkeyFailed: {
    happened: 'problems.passkeyFailed.happened',
    safety: nothingChanged,
    todo: 'problems.passkeyFailed.todo',
  },
} as const satisfies Record<string, WordKeys>

const invitations = {
  brokenLink: { happened: 'problems.brokenLink.happened', todo: 'problems.brokenLink.todo' },
  invitationUnknown: { happened: 'problems.invitationUnknown.happened', todo: askForAnother },
  invitationUsed: { happened: 'problems.invitationUsed.happened', todo: 'problems.invitationUsed.todo' },
  invitationExpired: { happened: 'problems.invitationExpired.happened', todo: askForAnother },
  invitationRevoked: { happened: 'problems.invitationRevoked.happened', todo: askForAnother },
  welcomeBroken: { happened: 'problems.welcomeBroken.happened', todo: 'problems.welcomeBroken.todo' },
  otherFamily: {
    happened: 'problems.otherFamily.happened',
    safety: 'problems.otherFamily.safety',
    todo: 'problems.otherFamily.todo',
  },
  linkingExpired: {
    happened: 'problems.linkingExpired.happened',
    safety: nothingChanged,
    todo: 'problems.linkingExpired.todo',
  },
} as const satisfies Record<string, WordKeys>

const signingIn = {
  wrongLogin: { happened: 'problems.wrongLogin.happened', todo: 'problems.wrongLogin.todo' },
  disabled: {
    happened: 'problems.disabled.happened',
    safety: 'problems.disabled.safety',
    todo: 'problems.disabled.todo',
  },
  signedOut: {
    happened: 'problems.signedOut.happened',
    safety: savedIsSafe,
    todo: 'problems.signedOut.todo',
  },
  deviceUnknown: {
    happened: 'problems.deviceUnknown.happened',
    safety: 'problems.deviceUnknown.safety',
    todo: 'problems.deviceUnknown.todo',
  },
  notAPhrase: { happened: 'problems.notAPhrase.happened', todo: 'problems.notAPhrase.todo' },
  phraseUnknown: { happened: 'problems.phraseUnknown.happened', todo: 'problems.phraseUnknown.todo' },
  boxBroken: {
    happened: 'problems.boxBroken.happened',
    safety: 'problems.boxBroken.safety',
    todo: 'problems.boxBroken.todo',
  },
} as const satisfies Record<string, WordKeys>

const doing = {
  roleTooLow: {
    happened: 'problems.roleTooLow.happened',
    safety: nothingChanged,
    todo: 'problems.roleTooLow.todo',
  },
  notAllowed: {
    happened: 'problems.notAllowed.happened',
    safety: nothingChanged,
    todo: 'problems.notAllowed.todo',
  },
  notFound: { happened: 'problems.notFound.happened', todo: 'problems.notFound.todo' },
  pictureTooLarge: {
    happened: 'problems.pictureTooLarge.happened',
    safety: 'problems.pictureTooLarge.safety',
    todo: 'problems.pictureTooLarge.todo',
  },
  tooLarge: {
    happened: 'problems.tooLarge.happened',
    safety: nothingChanged,
    todo: 'problems.tooLarge.todo',
  },
} as const satisfies Record<string, WordKeys>

const server = {
  unreachable: {
    happened: 'problems.unreachable.happened',
    safety: nothingChanged,
    todo: 'problems.unreachable.todo',
  },
  serverError: {
    happened: 'problems.serverError.happened',
    safety: nothingChanged,
    todo: 'problems.serverError.todo',
  },
  malformed: {
    happened: 'problems.malformed.happened',
    safety: savedIsSafe,
    todo: 'problems.malformed.todo',
  },
  foreignOrigin: {
    happened: 'problems.foreignOrigin.happened',
    safety: nothingChanged,
    todo: 'problems.foreignOrigin.todo',
  },
  wrongProof: {
    happened: 'problems.wrongProof.happened',
    safety: nothingChanged,
    todo: 'problems.wrongProof.todo',
  },
} as const satisfies Record<string, WordKeys>

/** Every problem whose words are always the same. */
export const fixedWords = { ...rooms, ...thisDevice, ...invitations, ...signingIn, ...doing, ...server }
