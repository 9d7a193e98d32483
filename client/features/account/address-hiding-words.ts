/** How hiding one's address stands, in words, and whether it can be switched. */
export interface AddressHidingWords {
  text: string
  isAlarming: boolean
  canChange: boolean
}

export interface AddressHidingState {
  isHidden: boolean
  hasRelay: boolean | undefined
}

const ordinary = 'Connections then go through your server; they can be a little slower.'

export const describeAddressHiding = ({ isHidden, hasRelay }: AddressHidingState): AddressHidingWords => {
  if (hasRelay !== false)
    // Not before it is known: whoever hides where there is no relay reaches nobody.
    return { text: ordinary, isAlarming: false, canChange: isHidden || hasRelay === true }
  return isHidden
    ? {
        text: 'The server has no relay any more, so nobody can be reached from here. What you write waits. Show your address again, or ask whoever runs the server for a relay.',
        isAlarming: true,
        canChange: true,
      }
    : {
        text: 'This needs a relay, and this server has none. Whoever runs it can install one.',
        isAlarming: false,
        canChange: false,
      }
}
