import type { AuthServices } from '../../auth/auth-services.ts'
import type { ApiRoute } from '../api-route.ts'
import { accountRoutes } from './account-api.ts'
import { accountsRoutes } from './accounts-api.ts'
import { invitationRoutes } from './invitations-api.ts'
import { linkingRoutes } from './linking-api.ts'
import { loginRoutes } from './login-api.ts'
import { recoveryRoutes } from './recovery-api.ts'
import { registrationRoutes } from './registration-api.ts'
import { sessionRoutes } from './session-api.ts'

/** All that accounts need, one file a message family, as in shared/. */
export const accountApi = (services: AuthServices): ApiRoute[] => [
  ...invitationRoutes(services),
  ...registrationRoutes(services),
  ...loginRoutes(services),
  ...sessionRoutes(services),
  ...recoveryRoutes(services),
  ...accountRoutes(services),
  ...linkingRoutes(services),
  ...accountsRoutes(services),
]
