import { createOpaqueEngine } from '../../net/opaque/opaque-engine.ts'
import type { Opaque } from '../account/opaque.ts'

/**
 * OPAQUE whose stretching takes no time: for tests with many registrations and logins. How strong it is, is the client's alone (A2);
 * what it costs is no concern of a test of what comes after it.
 */
export const createQuickOpaque = (): Opaque =>
  createOpaqueEngine({ 'argon2id-custom': { iterations: 1, memory: 8, parallelism: 1 } })
