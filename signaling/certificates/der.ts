/** The little of DER (X.690) that name constraints need: elements of one tag byte and at most 64 KiB. */
export interface DerElement {
  tag: number
  content: Buffer
}

export const writeDer = (tag: number, content: Buffer): Buffer<ArrayBuffer> => {
  const { length } = content
  const lengthBytes =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content])
}

/** The elements that follow one another in `bytes`. Throws a RangeError on anything cut short. */
export const readDer = (bytes: Buffer): DerElement[] => {
  const elements: DerElement[] = []
  for (let at = 0; at < bytes.length;) {
    const tag = bytes.readUInt8(at)
    const first = bytes.readUInt8(at + 1)
    const lengthSize = first < 128 ? 0 : first & 127
    const length = lengthSize === 0 ? first : bytes.readUIntBE(at + 2, lengthSize)
    const start = at + 2 + lengthSize
    if (start + length > bytes.length) throw new RangeError('DER element cut short')
    elements.push({ tag, content: bytes.subarray(start, start + length) })
    at = start + length
  }
  return elements
}
