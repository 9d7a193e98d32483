import { createValue, type Value } from '../value.ts'
import type { VaultKeeper } from './vault-keeper.ts'

/** Whether this person has written their recovery phrase down, as far as they have said (ux 4). */
export const phraseState = ({ notes }: Pick<VaultKeeper, 'notes'>): Value<'kept' | 'notYet'> => {
  const stateNow = () => (notes.get().hasKeptPhrase ? 'kept' : 'notYet')
  const state = createValue<'kept' | 'notYet'>(stateNow())
  notes.subscribe(() => state.set(stateNow()))
  return state
}
