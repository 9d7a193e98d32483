/** What a problem is called for people (ux 45). */
export interface Words {
  happened: string
  /** Whether what they wrote is safe; absent where nothing could be lost. */
  safety?: string
  todo: string
}

const savedIsSafe = 'Everything saved so far is safe.'
const nothingChanged = 'Nothing was changed.'
const askForAnother = 'Ask the person who sent it for another one.'
const askWhoRuns = 'If it happens again, tell whoever looks after the family’s server.'

const rooms = {
  nameEmpty: { happened: 'There is no name yet.', todo: 'Type one to go on.' },
  nameTaken: { happened: 'That name is taken already.', todo: 'Choose another one.' },
  messageGone: {
    happened: 'That message is not here any more.',
    todo: 'Somebody may have deleted it just now.',
  },
  mayNotErase: {
    happened: 'You may delete your own messages only.',
    safety: nothingChanged,
    todo: 'Ask whoever wrote it, or an admin.',
  },
  textEmpty: { happened: 'There is nothing to send yet.', todo: 'Write something first.' },
}

const thisDevice = {
  quotaExceeded: {
    happened: 'There is no space left on this device.',
    safety: savedIsSafe,
    todo: 'Free some space, then try again.',
  },
  storeClosed: {
    happened: 'Hearth cannot save in this tab any more.',
    safety: savedIsSafe,
    todo: 'Reload the page.',
  },
  storeFailed: {
    happened: 'The browser’s storage did not work.',
    safety: savedIsSafe,
    todo: 'Reload the page and try again.',
  },
  ownFeedForked: {
    happened:
      'This device has written two different messages in one place, as two copies of a browser’s profile do.',
    safety: 'Nothing more of it is taken in this room; what stands here already stays.',
    todo: 'Copy your text, sign out on this device, and sign in again: it then goes on as a new device.',
  },
  keyMissing: {
    happened: 'This browser has lost the key to what Hearth kept in it.',
    safety: 'The others in the family still have your messages.',
    todo: 'Clear this site’s data in the browser’s settings, then sign in again.',
  },
  sealBroken: {
    happened: 'What Hearth kept in this browser cannot be read any more.',
    safety: 'The others in the family still have your messages.',
    todo: 'Clear this site’s data in the browser’s settings, then sign in again.',
  },
  browserTooOld: {
    happened: 'This browser is too old for Hearth.',
    safety: 'Nothing is lost.',
    todo: 'Update it, or use a recent Firefox, Chrome, Edge or Safari.',
  },
  unexpected: {
    happened: 'Hearth stopped because of a mistake of its own.',
    safety: savedIsSafe,
    todo: 'Reload the page.',
  },
  storageLost: {
    happened: 'This browser has cleared what Hearth kept in it.',
    safety: 'Your account is safe, and the others in the family still have what they received from you.',
    todo: 'Sign in again: the history comes back from the family’s devices.',
  },
  insecure: {
    happened: 'The browser does not trust this address yet, so it will not let Hearth encrypt anything.',
    todo: 'One short step mends that.',
  },
  locked: {
    happened: 'Hearth is locked on this device.',
    safety: savedIsSafe,
    todo: 'Reload the page and unlock it.',
  },
  wrongPassphrase: {
    happened: 'That is not the passphrase of this lock.',
    safety: savedIsSafe,
    todo: 'Try again. Big and small letters count.',
  },
  passkeyFailed: {
    happened: 'The passkey was not used, or this browser cannot use it for a lock.',
    safety: nothingChanged,
    todo: 'Try again, or use a passphrase.',
  },
}

const invitations = {
  brokenLink: {
    happened: 'This is not a whole Hearth link.',
    todo: 'Copy all of it, from “https” to its last letter, and try again.',
  },
  invitationUnknown: { happened: 'The server does not know this invitation.', todo: askForAnother },
  invitationUsed: {
    happened: 'This invitation was used already.',
    todo: 'Every invitation is good for a set number of people. If it was you, sign in. Else ask for another one.',
  },
  invitationExpired: { happened: 'This invitation is too old: its time is over.', todo: askForAnother },
  invitationRevoked: { happened: 'This invitation was taken back.', todo: askForAnother },
  welcomeBroken: {
    happened: 'The server knows this invitation, but what comes with it cannot be opened.',
    todo: 'Perhaps a letter of the link is wrong: copy all of it again. Or ask for another one.',
  },
  otherFamily: {
    happened: 'This browser belongs to another family already.',
    safety: 'Its messages are safe and stay as they are.',
    todo: 'Open the link in another browser, or in another profile of this one.',
  },
  linkingExpired: {
    happened: 'That device does not wait any more.',
    safety: nothingChanged,
    todo: 'Show a new code on it, and scan that one.',
  },
}

const signingIn = {
  wrongLogin: {
    happened: 'Name and password do not belong together.',
    todo: 'Look for typing mistakes in both. If the password is lost, the 24 words of your recovery phrase let you set a new one.',
  },
  disabled: {
    happened: 'Signing in is turned off for this account.',
    safety: 'Nothing was deleted.',
    todo: 'Ask the owner or an admin of the family to turn it on again.',
  },
  signedOut: {
    happened: 'You are not signed in any more.',
    safety: savedIsSafe,
    todo: 'Reload the page. If that does not help, sign in again.',
  },
  deviceUnknown: {
    happened: 'This device was signed out.',
    safety: 'What is on it is still here.',
    todo: 'Sign in with your name and password, or with your recovery phrase.',
  },
  notAPhrase: {
    happened: 'These are not the 24 words of a recovery phrase.',
    todo: 'Compare each word with your paper: all 24, in their order.',
  },
  phraseUnknown: {
    happened: 'Nobody here has this recovery phrase.',
    todo: 'Make sure that it is the one of this family. If it is lost, ask the owner or an admin to invite you again.',
  },
  boxBroken: {
    happened:
      'What the server keeps for your account is damaged or was swapped, so Hearth does not trust it.',
    safety: 'Devices that are signed in keep everything.',
    todo: 'Tell whoever looks after the server. Your recovery phrase may help as well.',
  },
}

const doing = {
  roleTooLow: {
    happened: 'That is not yours to do.',
    safety: nothingChanged,
    todo: 'Ask the owner, or an admin above that person.',
  },
  notAllowed: {
    happened: 'You may not do that.',
    safety: nothingChanged,
    todo: 'Ask the owner or an admin of the family.',
  },
  notFound: {
    happened: 'It is not there any more.',
    todo: 'Reload the page: somebody may have changed it meanwhile.',
  },
  pictureTooLarge: {
    happened: 'This picture cannot be made small enough.',
    safety: 'Your old picture stays.',
    todo: 'Choose another one, or a part of it.',
  },
  tooLarge: {
    happened: 'This is too much at once.',
    safety: nothingChanged,
    todo: 'Try with less.',
  },
}

const server = {
  unreachable: {
    happened: 'The family’s server cannot be reached.',
    safety: nothingChanged,
    todo: 'Check that you are online and that the server is running, then try again.',
  },
  serverError: {
    happened: 'The family’s server had a problem of its own.',
    safety: nothingChanged,
    todo: `Try again in a moment. ${askWhoRuns}`,
  },
  malformed: {
    happened: 'This page and the server do not understand each other.',
    safety: savedIsSafe,
    todo: `Reload the page: it may be older than the server. ${askWhoRuns}`,
  },
  foreignOrigin: {
    happened: 'The server does not take this from the address you are at.',
    safety: nothingChanged,
    todo: 'Open Hearth at the address of your family’s server.',
  },
  wrongProof: {
    happened: 'The server did not accept what this device showed it.',
    safety: nothingChanged,
    todo: `Begin again. ${askWhoRuns}`,
  },
}

/** Every problem whose words are always the same. */
export const fixedWords = { ...rooms, ...thisDevice, ...invitations, ...signingIn, ...doing, ...server }
