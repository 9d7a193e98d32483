/**
 * What a room's buttons to call do. `connecting`: the network is not there yet; `inThisCall`: this device is in the room's call, and they lead
 * back to it; `inCall`: it is in another one, which they say when they are pressed; `alone`: there is nobody to call.
 */
export type CallButtonState = 'ready' | 'connecting' | 'inThisCall' | 'inCall' | 'alone'

/** Why no call can be placed now. */
export const callButtonWords: Readonly<Record<CallButtonState, string | undefined>> = {
  ready: undefined,
  connecting: 'Connecting…',
  inThisCall: undefined,
  inCall: 'You are in another call',
  alone: 'Nobody else is here to call',
}
