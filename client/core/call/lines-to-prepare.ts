import type { DeviceId } from '../../../shared/identifiers.ts'
import type { CallView } from './call-view.ts'
import type { CallFacts } from './ports.ts'

/** C3: devices with which this one will speak if the ring is answered. To agree on lines while it rings makes the answer quick. */
export const linesToPrepare = (
  view: CallView,
  facts: CallFacts,
  linked: readonly DeviceId[],
): readonly DeviceId[] => {
  if (view.status === 'ringingIn')
    return view.rings.flatMap(({ room }) => view.running.get(room)?.devices ?? [])
  if (view.status !== 'ringingOut') return []
  const ringing = new Set(
    view.called.filter(({ state }) => state === 'ringing').map(({ account }) => account),
  )
  return linked.filter((device) => {
    const account = facts.accountOf(device)
    return account !== undefined && ringing.has(account)
  })
}
