import { fromBase64Url, toBase64Url } from '../../../shared/crypto/base64url.ts'
import { decodeUtf8, encodeUtf8, type Bytes } from '../../../shared/crypto/bytes.ts'
import type { Person } from '../hearth.ts'

/**
 * A part of a screen as bytes: three lines of JSON. The first says which release wrote it, for no other one reads it, so that its shape needs no
 * checks beyond its seal's. The second has each person once, with their picture; the third names them.
 */

const isPerson = (value: unknown): value is Person =>
  typeof value === 'object' && value !== null && 'id' in value && 'hasNewIdentity' in value

/** JSON has neither maps nor bytes. No text can pass for these, since a text is never an object. */
const writeField = (value: unknown): unknown => {
  if (value instanceof Map) return { $map: [...value] }
  if (value instanceof Uint8Array) return { $bytes: toBase64Url(value) }
  return value
}

const readField = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if ('$map' in value) return new Map(value.$map as [unknown, unknown][])
  if ('$bytes' in value) return fromBase64Url(String(value.$bytes))
  return value
}

/** @param release names the build that writes it. */
export const encodeScreen = (shown: object, release: string): Bytes => {
  const people = new Map<string, Person>()
  const named = JSON.stringify(shown, (_key, value: unknown) => {
    if (!isPerson(value)) return writeField(value)
    // Nobody is linked when an app begins.
    people.set(value.id, { ...value, isHere: value.isMe && value.isHere })
    return { $person: value.id }
  })
  const everybody = JSON.stringify([...people], (_key, value: unknown) => writeField(value))
  return encodeUtf8([JSON.stringify(release), everybody, named].join('\n'))
}

/** As it was given; undefined for what another release wrote. */
export const decodeScreen = (bytes: Uint8Array, release: string): unknown => {
  try {
    const [by, everybody, named] = decodeUtf8(bytes)?.split('\n') ?? []
    if (by !== JSON.stringify(release) || everybody === undefined || named === undefined) return undefined
    const people = new Map(
      JSON.parse(everybody, (_key, value: unknown) => readField(value)) as [string, Person][],
    )
    return JSON.parse(named, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && '$person' in value
        ? people.get(String(value.$person))
        : readField(value),
    )
  } catch {
    return undefined // then it is as at a first start
  }
}
