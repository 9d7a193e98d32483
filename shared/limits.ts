/**
 * Every size, count and timeout of the protocol, once. Rules are named in shared/PROTOCOL.md. In parts, so that a page loads those alone
 * that it needs first.
 */
export * from './limits/calls.ts'
export * from './limits/device.ts'
export * from './limits/family.ts'
export * from './limits/log.ts'
export * from './limits/network.ts'
export * from './limits/reading.ts'
export * from './limits/search.ts'
export * from './limits/server.ts'
export * from './limits/talk.ts'
