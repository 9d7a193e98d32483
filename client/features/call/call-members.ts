import type { DeviceId } from '../../../shared/identifiers.ts'
import type { CallParticipant, CallView } from '../../core/call/call-view.ts'
import type { Sending } from '../../core/call/words.ts'
import type { Person } from '../../core/hearth.ts'
import { t } from '../../ui/language/language.ts'

/** A call this device is in, as the core shows it. */
export type OwnCallView = Extract<CallView, { participants: readonly CallParticipant[] }>

export const isOwnCall = (view: CallView): view is OwnCallView => 'participants' in view

/** Another device in the call, and whose it is. */
export interface CallMember {
  device: DeviceId
  person: Person | undefined
  name: string
  sending: Sending
  connection: CallParticipant['connection']
}

/** Whoever is not known (any more) is somebody. */
export const nameOf = (person: Person | undefined): string => person?.name ?? t('call.somebody')

export const membersOf = (
  participants: readonly CallParticipant[],
  people: readonly Person[],
): readonly CallMember[] =>
  participants.map(({ device, account, sending, connection }) => {
    const person = people.find(({ id }) => id === account)
    return { device, person, name: nameOf(person), sending, connection }
  })
