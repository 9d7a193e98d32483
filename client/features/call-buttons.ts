import { t } from '../ui/language/language.ts'

/**
 * What a room's buttons to call do. `connecting`: the network is not there yet; `inThisCall`: this device is in the room's call, and they lead
 * back to it; `inCall`: it is in another one, which they say when they are pressed; `alone`: there is nobody to call.
 */
export type CallButtonState = 'ready' | 'connecting' | 'inThisCall' | 'inCall' | 'alone'

/** Why no call can be placed now. Each is said anew when it is read, in the language spoken then. */
export const callButtonWords: Readonly<Record<CallButtonState, string | undefined>> = {
  ready: undefined,
  get connecting() {
    return t('chat.noCall.connecting')
  },
  inThisCall: undefined,
  get inCall() {
    return t('chat.noCall.inCall')
  },
  get alone() {
    return t('chat.noCall.alone')
  },
}
