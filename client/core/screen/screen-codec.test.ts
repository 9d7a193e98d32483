import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeUtf8 } from '../../../shared/crypto/bytes.ts'
import { decodeScreen, encodeScreen } from './screen-codec.ts'

const person = (id: string, isMe = false) => ({
  id,
  name: 'Anna',
  picture: Uint8Array.of(1, 2, 3),
  isMe,
  isHere: true,
  hasNewIdentity: false,
})

const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.uint8Array().map((bytes) => Uint8Array.from(bytes)),
  fc.constant('$map'),
)
const shown = fc.dictionary(
  fc.constantFrom('items', 'ms', 'text', 'pins', 'nested'),
  fc.oneof(
    leaf,
    fc.array(leaf),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => !/^(\$|__proto__)/u.test(key)),
      leaf,
      {
        noNullPrototype: true,
      },
    ),
    fc.array(fc.tuple(fc.string(), leaf)).map((pairs) => new Map(pairs)),
  ),
  { noNullPrototype: true },
)

test('ux 10: what was shown is read as it was, maps and bytes among it', () => {
  fc.assert(
    fc.property(shown, (value) => {
      expect(decodeScreen(encodeScreen(value, 'one'), 'one')).toEqual(value)
    }),
  )
})

test('a person is kept once, however often they are shown, and is not here when an app begins', () => {
  const [anna, bob] = [person('anna', true), person('bob')]
  const bytes = encodeScreen({ items: [{ author: bob }, { author: bob }, { author: anna }] }, 'one')
  expect(decodeUtf8(bytes)?.match(/"name":"Anna"/gu)).toHaveLength(2)
  const read = decodeScreen(bytes, 'one') as { items: { author: typeof bob }[] }
  expect(read.items.map(({ author }) => author)).toEqual([
    { ...bob, isHere: false },
    { ...bob, isHere: false },
    anna,
  ])
  expect(read.items[0]?.author).toBe(read.items[1]?.author)
})

test('what another release wrote, or nobody did, is as if nothing had been kept', () => {
  const bytes = encodeScreen({ items: [] }, 'one')
  expect(decodeScreen(bytes, 'another')).toBeUndefined()
  expect(decodeScreen(bytes, 'one"\n[]\n{}')).toBeUndefined()
  expect(decodeScreen(new Uint8Array(0), 'one')).toBeUndefined()
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(), (noise, cut) => {
      expect(decodeScreen(noise, 'one')).toBeUndefined()
      const broken = bytes.slice(0, cut % (bytes.length - 1))
      expect(decodeScreen(broken, 'one')).toBeUndefined()
    }),
  )
})
