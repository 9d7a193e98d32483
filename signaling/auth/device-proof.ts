import { readCertificate, type Certificate } from '../../shared/certificate.ts'
import { fromBase64Url } from '../../shared/crypto/base64url.ts'
import { concatBytes, encodeUtf8 } from '../../shared/crypto/bytes.ts'
import { verifySignature, type PublicKey } from '../../shared/crypto/ed25519.ts'
import type { Ticket } from '../../shared/identifiers.ts'

/** A certificate as it came over HTTP, verified (I3, I6). */
export const readSentCertificate = async (text: string): Promise<Certificate | undefined> => {
  const bytes = fromBase64Url(text)
  const read = bytes && (await readCertificate(bytes))
  return read?.ok === true ? read.value : undefined
}

/** Whether the key signed this very ticket, for this very purpose. */
export const hasSignedTicket = async (
  key: PublicKey,
  label: string,
  ticket: Ticket,
  signature: string,
): Promise<boolean> => {
  const [ticketBytes, signatureBytes] = [fromBase64Url(ticket), fromBase64Url(signature)]
  if (!ticketBytes || !signatureBytes) return false
  return verifySignature(key, signatureBytes, concatBytes(encodeUtf8(label), ticketBytes))
}
