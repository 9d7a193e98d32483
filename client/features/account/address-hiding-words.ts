import { t } from '../../ui/language/language.ts'

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

export const describeAddressHiding = ({ isHidden, hasRelay }: AddressHidingState): AddressHidingWords => {
  if (hasRelay !== false)
    // Not before it is known: whoever hides where there is no relay reaches nobody.
    return {
      text: t('account.address.ordinary'),
      isAlarming: false,
      canChange: isHidden || hasRelay === true,
    }
  return isHidden
    ? {
        text: t('account.address.relayGone'),
        isAlarming: true,
        canChange: true,
      }
    : {
        text: t('account.address.noRelay'),
        isAlarming: false,
        canChange: false,
      }
}
