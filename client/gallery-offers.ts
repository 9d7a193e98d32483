import { createValue, type MutableValue, type Value } from './core/value.ts'
import type { UpdateOffer } from './features/update-offer.ts'

interface Offers {
  update?: Value<UpdateOffer | undefined>
  sharedText?: MutableValue<string | undefined>
  beginAnew?: () => Promise<void>
}

/** States that come to the app from the browser around it, by name; what is behind them is the ordinary chat. */
export const galleryOffers: Readonly<Record<string, () => Offers>> = {
  broken: () => ({ beginAnew: () => Promise.resolve() }),
  lost: () => ({ beginAnew: () => Promise.resolve() }),
  updateOffered: () => ({ update: createValue<UpdateOffer | undefined>({ take: () => location.reload() }) }),
  textShared: () => ({
    sharedText: createValue<string | undefined>(
      'Look what I found: https://garden.example/apple-trees?variety=boskoop',
    ),
  }),
}
