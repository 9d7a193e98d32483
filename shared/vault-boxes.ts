import * as v from 'valibot'
import { bytesSchema } from './identifiers.ts'
import { accountLimits } from './limits.ts'

/**
 * What the server keeps for an account without being able to open it: nonce (12 bytes) ‖ AES-256-GCM.
 * `seed`: the account's seed under a key from OPAQUE's export key (A2). `keyring`: the family's secret, genesis and the account's proof
 * of membership, under a key from the seed; absent while nobody has let the account into the family yet.
 */
export const seedBoxSchema = bytesSchema(12 + 32 + 16, 12 + 32 + 16)
export const keyringBoxSchema = bytesSchema(12 + 16, accountLimits.maxKeyringBytes)
/** A message of OPAQUE, as the library writes it. */
export const opaqueMessageSchema = bytesSchema(1, accountLimits.maxOpaqueBytes)
export const boxesSchema = v.strictObject({ seed: seedBoxSchema, keyring: v.optional(keyringBoxSchema) })
export type Boxes = v.InferOutput<typeof boxesSchema>
