import { ok, type Result } from '../../../shared/result.ts'
import type { AccountProblem } from './account-problem.ts'
import type { AccountTools } from './account-tools.ts'
import type { Arrival, ArrivalProblem, OpenedInvitation } from './arrival.ts'
import { recover, signIn, type Entrance } from './entrance.ts'
import { offerLinking } from './offer-linking.ts'
import { register, type Invited } from './register.ts'

export interface ArrivalOptions {
  tools: AccountTools
  /** The invitation whose link was followed: what registering needs, and what people see of it. */
  invited: { invited: Invited; shown: OpenedInvitation } | undefined
  problem: ArrivalProblem | undefined
  origin: string
  openLink(link: string): void
  /** Keeps what this device needs from now on, and goes on to the next screen. `phrase` after registering only. */
  enter(entrance: Entrance, phrase: readonly string[] | undefined): Promise<Result<void, AccountProblem>>
}

export const createArrival = (options: ArrivalOptions): Arrival => {
  const { tools, invited, problem, enter } = options
  return {
    invitation: invited?.shown,
    problem,
    openLink: options.openLink,

    async register(wish) {
      if (!invited) return { ok: false, problem: { type: 'invitationUnknown' } }
      const registered = await register(tools, invited.invited, wish)
      if (!registered.ok) return registered
      const { phraseOf } = await import('../identity/phrase.ts')
      const { seed, ...entrance } = registered.value
      return enter(entrance, phraseOf(seed))
    },

    async signIn(name, password) {
      const entered = await signIn(tools, name, password)
      return entered.ok ? enter(entered.value, undefined) : entered
    },

    async recover(phrase, newPassword) {
      const { readPhrase } = await import('../identity/phrase.ts')
      const seed = readPhrase(phrase)
      if (!seed) return { ok: false, problem: { type: 'notAPhrase' } }
      const entered = await recover(tools, seed, newPassword)
      return entered.ok ? enter(entered.value, undefined) : entered
    },

    beginLinking: () =>
      offerLinking({
        tools,
        origin: options.origin,
        onLinked: async (entrance) => {
          const entered = await enter(entrance, undefined)
          return entered.ok ? ok(undefined) : entered
        },
      }),
  }
}
