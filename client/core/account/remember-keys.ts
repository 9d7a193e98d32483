import { toBase64Url } from '../../../shared/crypto/base64url.ts'
import type { Bytes } from '../../../shared/crypto/bytes.ts'
import type { Family } from '../group/family.ts'
import type { VaultKeeper } from './vault-keeper.ts'

const nameOf = (secrets: readonly Bytes[]): string => secrets.map(toBase64Url).join(' ')

/**
 * Keeps the secrets of the newest epochs in the vault (I5), so that the next start opens the history by them alone: without HPKE, whose
 * code is then not needed before the history is on the screen.
 */
export const rememberKeys = (family: Pick<Family, 'state' | 'keys'>, keeper: VaultKeeper): (() => void) => {
  const look = async () => {
    const epochs = await family.keys.secrets()
    const kept = keeper.record.get().family
    if (kept && nameOf(kept.epochs) !== nameOf(epochs))
      await keeper.changeRecord({ family: { ...kept, epochs } })
  }
  void look()
  return family.state.subscribe(() => void look())
}
