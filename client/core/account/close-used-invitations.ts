import type { AccountId, DeviceId } from '../../../shared/identifiers.ts'
import type { Family } from '../group/family.ts'
import type { InvitationKey } from '../group/statements.ts'

/**
 * Closes each invitation of this device once all have come whom it was for: it names them, and so keeps out whoever still knows the link
 * and says that they came first. What could not be written is tried again with the family's next change.
 */
export const closeUsedInvitations = (
  family: Pick<Family, 'state'>,
  device: DeviceId,
  withdraw: (key: InvitationKey, joined: readonly AccountId[]) => Promise<{ ok: boolean }>,
): (() => void) => {
  const closing = new Set<InvitationKey>()

  const close = async (key: InvitationKey, joined: readonly AccountId[]): Promise<void> => {
    closing.add(key)
    const closed = await withdraw(key, joined)
    if (!closed.ok) closing.delete(key)
  }

  const look = (): void => {
    const { membership } = family.state.get()
    for (const { key, uses, signer } of membership.openInvitations) {
      const joined = membership.joinedBy(key)
      if (signer === device && joined.length >= uses && !closing.has(key)) void close(key, joined)
    }
  }

  look()
  return family.state.subscribe(look)
}
