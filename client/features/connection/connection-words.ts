import type { ConnectionState } from '../../core/hearth.ts'
import { t, tCount } from '../../ui/language/language.ts'

/** How the wires are, in words, and how much they ask of the eye (ux 41). Writing works in every one of them. */
export interface ConnectionWords {
  tone: 'well' | 'note' | 'caution'
  text: string
}

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
    return { tone: 'caution', text: t('connection.state.noNetwork') }
  if (isWithoutRelay && !isLinked && server === 'connected')
    return { tone: 'caution', text: t('connection.state.noRelay') }
  switch (server) {
    case 'connected':
      return isLinked
        ? { tone: 'well', text: tCount('connection.state.connected', linkedDevices) }
        : { tone: 'note', text: t('connection.state.nobodyHere') }
    case 'notYet':
    case 'connecting':
      return {
        tone: 'note',
        text: isLinked
          ? tCount('connection.state.connectedWithoutServer', linkedDevices)
          : t('connection.state.connecting'),
      }
    case 'unreachable':
      return isLinked
        ? { tone: 'note', text: tCount('connection.state.serverAwayLinked', linkedDevices) }
        : { tone: 'caution', text: t('connection.state.serverAway') }
    case 'refused':
      return { tone: 'caution', text: t('connection.state.refused') }
  }
}
