import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64Url, toBase64Url } from './crypto/base64url.ts'
import { invitationLinkPrefix, invitationSecretBytes, readInvitationLink } from './invitation-link.ts'

const secretBytes = fc.uint8Array({ minLength: invitationSecretBytes, maxLength: invitationSecretBytes })

test('A1: every secret comes through its link unchanged', () => {
  fc.assert(
    fc.property(secretBytes, (secret) => {
      const read = readInvitationLink(`${invitationLinkPrefix}${toBase64Url(secret)}`)
      expect(fromBase64Url(read ?? '')).toEqual(new Uint8Array(secret))
    }),
  )
})

test('A1: a link that lost or gained anything is not a link', () => {
  const fragment = `${invitationLinkPrefix}${toBase64Url(new Uint8Array(16).fill(0xa5))}`
  for (let length = 0; length < fragment.length; length++)
    expect(readInvitationLink(fragment.slice(0, length))).toBeUndefined()
  for (const wrong of [`${fragment}A`, `${fragment} `, `${fragment}\n`, ` ${fragment}`, fragment.slice(1)])
    expect(readInvitationLink(wrong)).toBeUndefined()
  // The last character holds two bits only: another with the same two would be the same secret, spelled otherwise.
  expect(readInvitationLink(`${fragment.slice(0, -1)}B`)).toBeUndefined()
})

test('whatever is in the address: a secret of 16 bytes, or nothing', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string().map((rest) => `${invitationLinkPrefix}${rest}`),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const read = readInvitationLink(text)
      if (read !== undefined) expect(fromBase64Url(read)?.length).toBe(invitationSecretBytes)
    }),
  )
})
