import type { Bytes } from '../../../shared/crypto/bytes.ts'

/** The first half of a registration or login. */
export interface OpaqueStart {
  /** For `finish…`: it holds the password, so it stays in memory and goes nowhere else. */
  state: string
  /** For the server, base64url. */
  request: string
}

/**
 * The client's half of OPAQUE (A2). The server learns no password, and its record gives 64 bytes to nobody but who knows it.
 * Every call resolves. From a start nothing comes only where OPAQUE itself could not be loaded, as without a network.
 * What the password is stretched with is a constant of the adapter; there is no way to ask for less.
 */
export interface Opaque {
  /** Loads what is needed ahead of the first call, as soon as somebody begins to type. */
  prepare(): void
  startRegistration(password: string): Promise<OpaqueStart | undefined>
  /** Undefined where `response` is not a server's answer to this start. */
  finishRegistration(
    password: string,
    state: string,
    response: string,
  ): Promise<{ record: string; exportKey: Bytes } | undefined>
  startLogin(password: string): Promise<OpaqueStart | undefined>
  /** Undefined where the password is wrong, or `response` is not a server's answer to this start. */
  finishLogin(
    password: string,
    state: string,
    response: string,
  ): Promise<{ finish: string; exportKey: Bytes } | undefined>
}
