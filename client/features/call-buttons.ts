/**
 * Whether a call can be placed. `connecting`: the network is not there yet; `inCall`: this device is in one; `alone`: there is nobody to
 * call.
 */
export type CallButtonState = 'ready' | 'connecting' | 'inCall' | 'alone'

export const callButtonWords: Readonly<Record<CallButtonState, string | undefined>> = {
  ready: undefined,
  connecting: 'Connecting…',
  inCall: 'You are in a call',
  alone: 'Nobody else is here to call',
}
