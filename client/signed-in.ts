import * as Y from 'yjs'
import type { Bytes } from '../shared/crypto/bytes.ts'
import { copyBytes } from '../shared/crypto/bytes.ts'
import type { AccountId } from '../shared/identifiers.ts'
import { createTools } from './arrive.ts'
import { createFamilyOffice } from './core/account/create-family-office.ts'
import { createMyAccount } from './core/account/create-my-account.ts'
import type { FamilyOffice } from './core/account/family-office.ts'
import type { AddressHiding, AppLock, MyAccount } from './core/account/my-account.ts'
import type { VaultKeeper } from './core/account/vault-keeper.ts'
import type { RunningHearth } from './core/create-hearth.ts'
import type { Device } from './core/identity/device.ts'

export interface SignedInOptions {
  device: Device
  account: AccountId
  hearth: RunningHearth
  keeper: VaultKeeper
  lock: AppLock
  addressHiding: AddressHiding
  /** Closes everything, does what `takeLeave` does, and wipes this browser. */
  wipe(takeLeave: () => Promise<unknown>): Promise<void>
}

/** What a signed-in person may do beside talking. */
export const createSignedIn = ({
  device,
  account,
  hearth,
  keeper,
  lock,
  addressHiding,
  wipe,
}: SignedInOptions): { account: MyAccount; office: FamilyOffice } => {
  const tools = createTools(device)
  const { family } = hearth
  const snapshot = (): Bytes => copyBytes(Y.encodeStateAsUpdate(family.doc))
  return {
    account: createMyAccount({
      tools,
      family,
      account,
      keeper,
      lock,
      addressHiding,
      snapshot,
      // Without a server the browser is wiped all the same; the device can be revoked from another one.
      signOut: () => wipe(() => tools.calls.session.end()),
    }),
    office: createFamilyOffice({ tools, family, me: hearth.me, keeper, snapshot, origin: location.origin }),
  }
}
