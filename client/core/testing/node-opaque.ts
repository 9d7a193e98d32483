import type { Opaque } from '../account/opaque.ts'
import { createOpaqueEngine } from '../../net/opaque/opaque-engine.ts'

/**
 * OPAQUE for tests in Node, in this thread and at full cost, as nobody can ask for less: about 200 ms a registration or login. A test
 * with many of them registers once and shares the record.
 */
export const createNodeOpaque = (): Opaque => createOpaqueEngine()
