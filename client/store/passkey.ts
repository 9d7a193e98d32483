import type { Bytes } from '../../shared/crypto/bytes.ts'

/** A passkey as a keeper of one secret (WebAuthn's PRF extension): it gives 32 bytes for a salt, the same each time. */
export interface Passkeys {
  /** Whether this browser, at this address, has what it takes; whether its person has a passkey shows only in the asking. */
  canBeUsed(): Promise<boolean>
  /** Makes one and asks it. Undefined where the person thought better of it, or the passkey has no PRF. */
  create(salt: Bytes): Promise<{ credential: Bytes; answer: Bytes } | undefined>
  ask(credential: Bytes, salt: Bytes): Promise<Bytes | undefined>
}

export interface PasskeyOptions {
  credentials: CredentialsContainer | undefined
  /** The page's host: a passkey belongs to a name. */
  host: string
}

const answerBytes = 32
const randomBytes = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count))

/** WebAuthn takes no numbers for names. */
const isAddress = (host: string): boolean => host.includes(':') || /^[\d.]+$/.test(host)

const toBytes = (source: BufferSource): Bytes =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength))

const readPrf = (credential: PublicKeyCredential): { isThere: boolean; answer: Bytes | undefined } => {
  const { prf } = credential.getClientExtensionResults()
  const first = prf?.results?.first
  const answer = first && toBytes(first)
  return {
    isThere: prf?.enabled === true || answer !== undefined,
    answer: answer?.length === answerBytes ? answer : undefined,
  }
}

/** The person saying no, a timeout, a key without PRF: all end in an exception of the browser's, and all mean "not now". */
const orNothing = async (
  work: () => Promise<Credential | null>,
): Promise<PublicKeyCredential | undefined> => {
  try {
    const credential = await work()
    return credential instanceof PublicKeyCredential ? credential : undefined
  } catch {
    return undefined
  }
}

export const createPasskeys = ({ credentials, host }: PasskeyOptions): Passkeys => {
  const ask: Passkeys['ask'] = async (credential, salt) => {
    const found = await orNothing(async () =>
      credentials
        ? credentials.get({
            publicKey: {
              rpId: host,
              challenge: randomBytes(32),
              allowCredentials: [{ type: 'public-key', id: credential }],
              userVerification: 'preferred',
              extensions: { prf: { eval: { first: salt } } },
            },
          })
        : null,
    )
    return found && readPrf(found).answer
  }

  return {
    ask,

    async canBeUsed() {
      if (!credentials || isAddress(host) || !('PublicKeyCredential' in globalThis)) return false
      const capabilities = await readCapabilities()
      return capabilities['extension:prf'] !== false
    },

    async create(salt) {
      const made = await orNothing(async () =>
        credentials
          ? credentials.create({
              publicKey: {
                rp: { id: host, name: 'Hearth' },
                // It tells nobody who this is: the lock is of this browser.
                user: { id: randomBytes(32), name: 'Hearth', displayName: 'Hearth on this device' },
                // Nobody checks the signature: the secret is what counts. ES256, Ed25519 and RS256 cover all that is about.
                challenge: randomBytes(32),
                pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
                authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
                extensions: { prf: { eval: { first: salt } } },
              },
            })
          : null,
      )
      if (!made) return undefined
      const { isThere, answer } = readPrf(made)
      if (!isThere) return undefined
      const credential = new Uint8Array(made.rawId)
      // Many give the answer only when asked again.
      const given = answer ?? (await ask(credential, salt))
      return given && { credential, answer: given }
    },
  }
}

const readCapabilities = async (): Promise<Record<string, boolean>> => {
  try {
    // A browser without it may still have the extension: then the asking shows.
    return 'getClientCapabilities' in PublicKeyCredential
      ? await PublicKeyCredential.getClientCapabilities()
      : {}
  } catch {
    return {}
  }
}
