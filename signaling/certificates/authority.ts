import 'reflect-metadata'
import { createHash, webcrypto } from 'node:crypto'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509'
import { nameConstraints } from './name-constraints.ts'
import type { MachineNames } from './names.ts'

/** A certificate and the key it is about: of the authority, or of the server itself. */
export interface KeyedCertificate {
  certificate: X509Certificate
  privateKey: webcrypto.CryptoKey
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const
const dayMs = 24 * 60 * 60 * 1000
const authorityDays = 3650
/** Apple's systems refuse a server certificate that holds longer than 398 days. */
const certificateDays = 397
/** A clock that is a little behind must not refuse a certificate made a moment ago. */
const backdateMs = dayMs

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(curve, true, ['sign', 'verify'])

/** Makes the family's own authority, once: people install it, so it holds for ten years. */
export const createAuthority = async (names: MachineNames, now: number): Promise<KeyedCertificate> => {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    // Named after the machine: someone may have the authorities of two families on their phone.
    name: [{ CN: [`Hearth on ${names.dns[1] ?? 'localhost'}`] }],
    notBefore: new Date(now - backdateMs),
    notAfter: new Date(now - backdateMs + authorityDays * dayMs),
    signingAlgorithm: signing,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      nameConstraints(names),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate, privateKey: keys.privateKey }
}

/** Makes the server's certificate for all its names, with a key of its own. */
export const issueCertificate = async (
  authority: KeyedCertificate,
  { dns, addresses }: MachineNames,
  now: number,
): Promise<KeyedCertificate> => {
  const keys = await newKeys()
  const end = Math.min(now - backdateMs + certificateDays * dayMs, authority.certificate.notAfter.getTime())
  const certificate = await X509CertificateGenerator.create({
    issuer: authority.certificate.subjectName,
    subject: [{ CN: ['Hearth'] }],
    notBefore: new Date(now - backdateMs),
    notAfter: new Date(end),
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: signing,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...dns.map((value) => ({ type: 'dns' as const, value })),
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
    ],
  })
  return { certificate, privateKey: keys.privateKey }
}

/** SHA-256 of the certificate as systems show it: pairs of capitals with colons. */
export const fingerprintOf = (certificate: X509Certificate): string =>
  createHash('sha256')
    .update(new Uint8Array(certificate.rawData))
    .digest('hex')
    .toUpperCase()
    .replace(/..(?!$)/g, '$&:')
