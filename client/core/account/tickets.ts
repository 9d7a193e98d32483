import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { concatBytes, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { Ticket } from '../../../shared/identifiers.ts'
import { recoveryLabel } from '../../../shared/recovery.ts'
import { sessionLabel } from '../../../shared/session.ts'

type Signer = { sign(message: Bytes): Promise<Bytes> }

const signWith = async (label: string, signer: Signer, ticket: Ticket): Promise<string> => {
  const bytes = fromBase64Url(ticket) ?? new Uint8Array(0)
  return toBase64Url(await signer.sign(concatBytes(encodeUtf8(label), bytes)))
}

/** What a device signs to bind itself to a session (A3). */
export const signTicket = (device: Signer, ticket: Ticket): Promise<string> =>
  signWith(sessionLabel, device, ticket)

/** What an identity signs to come back by the recovery phrase (A5). */
export const signRecovery = (identity: Signer, ticket: Ticket): Promise<string> =>
  signWith(recoveryLabel, identity, ticket)
