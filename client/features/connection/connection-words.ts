import type { ConnectionState } from '../../core/hearth.ts'

/** How the wires are, in words, and how much they ask of the eye (ux 41). Writing works in every one of them. */
export interface ConnectionWords {
  tone: 'well' | 'note' | 'caution'
  text: string
}

const countDevices = (count: number) => (count === 1 ? '1 device' : `${count} devices`)

export interface Hindrance {
  /** Its address is hidden, and there is no relay to hide it behind. */
  isWithoutRelay: boolean
}

export const describeConnection = (
  { server, linkedDevices }: ConnectionState,
  { isWithoutRelay }: Hindrance = { isWithoutRelay: false },
): ConnectionWords => {
  const isLinked = linkedDevices > 0
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
        : { tone: 'note', text: 'Nobody else is here right now. What you write reaches them when they come.' }
    case 'notYet':
    case 'connecting':
      return {
        tone: 'note',
        text: isLinked ? `Connected with ${devices}. Looking for the server…` : 'Connecting…',
      }
    case 'unreachable':
      return isLinked
        ? { tone: 'note', text: `The server cannot be reached, but you are connected with ${devices}.` }
        : { tone: 'caution', text: 'No connection. You can go on writing; it goes out when you are back.' }
    case 'refused':
      return {
        tone: 'caution',
        text: 'The server does not let this device in any more. Your messages are safe here. Reload the page to sign in again.',
      }
  }
}
