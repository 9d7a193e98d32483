import { icePath } from '../../../shared/ice.ts'
import { createIceAnswer, type IceSettings } from '../../ice.ts'
import { answer } from '../api-answer.ts'
import { signedInAsking, type ApiRoute } from '../api-route.ts'

/** STUN and TURN (S8): see shared/ice.ts. */
export const iceRoutes = (settings: IceSettings, now: () => number): ApiRoute[] => [
  signedInAsking('signedIn', 'GET', icePath, ({ visitor, exchange }) =>
    Promise.resolve(
      answer(createIceAnswer(settings, { account: visitor.account, where: exchange.where }, now())),
    ),
  ),
]
