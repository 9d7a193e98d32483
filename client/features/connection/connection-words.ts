import type { ConnectionState } from '../../core/hearth.ts'

/** How the wires are, in words, and how much they ask of the eye (ux 41). Writing works in every one of them. */
export interface ConnectionWords {
  tone: 'well' | 'note' | 'caution'
  text: string
}

const countDevices = (count: number) => (count === 1 ? '1 device' : `${count} devices`)

export interface Hindrance {
  /** This device says that it has no network at all. */
  isOffline?: boolean
  /** Its address is hidden, and there is no relay to hide it behind. */
  isWithoutRelay?: boolean
}

export const describeConnection = (
  { server, linkedDevices }: ConnectionState,
  { isWithoutRelay = false, isOffline = false }: Hindrance = {},
): ConnectionWords => {
  const isLinked = linkedDevices > 0
  // A device may think itself offline and still be linked, in a home whose router is out.
  if (isOffline && !isLinked && server !== 'refused')
    return {
      tone: 'caution',
      text: 'No network. You can go on writing; it is kept here and goes out when you are back.',
    }
  if (isWithoutRelay && !isLinked && server === 'connected')
    return {
      tone: 'caution',
      text: 'Your address is hidden, and the server has no relay for that any more, so nobody can be reached. What you write waits. You can show your address in the settings.',
    }
  const devices = countDevices(linkedDevices)
  switch (server) {
    case 'connected':
      return isLinked
        ? { tone: 'well', text: `Connected with ${devices}.` }
        : {
            tone: 'note',
            text: 'Nobody else is here right now. You can go on writing; it reaches them when they come.',
          }
    case 'notYet':
    case 'connecting':
      return {
        tone: 'note',
        text: isLinked ? `Connected with ${devices}. Looking for the server…` : 'Connecting…',
      }
    case 'unreachable':
      return isLinked
        ? {
            tone: 'note',
            text: `The server cannot be reached, but you are connected with ${devices}. You can go on writing.`,
          }
        : {
            tone: 'caution',
            text: 'The server cannot be reached, and nobody is connected. You can go on writing; it goes out when somebody is.',
          }
    case 'refused':
      return {
        tone: 'caution',
        text: 'The server does not let this device in any more. Your messages are safe here. Reload the page to sign in again.',
      }
  }
}
