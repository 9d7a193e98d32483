import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Ticket as TicketText } from '../../shared/identifiers.ts'
import type { SessionKey } from '../data/stored.ts'

/** 32 random bytes, as 43 characters: nobody guesses one. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is kept of a secret: looking it up by its hash takes the same time whatever part of a guess is right. */
const hash = (label: string, secret: string): string =>
  createHash('sha256').update(label).update(secret).digest('base64url')

export const newTicket = (): TicketText => newSecret() as TicketText
export const ticketHash = (ticket: TicketText): string => hash('ticket ', ticket)

export const sessionKeyOf = (token: string): SessionKey =>
  createHash('sha256').update(token).digest('base64url') as SessionKey

/** SHA-256 of a code's 16 bytes, as the client computes it (shared/invitations.ts). */
export const codeHashOf = (code: Uint8Array): string => createHash('sha256').update(code).digest('base64url')

/** What names turn into that nobody has registered, and in what limits are kept (A4, A6): nothing without the server's key. */
export const nameMac = (key: Buffer, purpose: 'opaque' | 'limit', foldedName: string): string =>
  createHmac('sha256', key).update(`${purpose} ${foldedName}`).digest('base64url')
