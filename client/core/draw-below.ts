import type { Random } from './ports.ts'

const drawBytes = 4
const drawRange = 2 ** (8 * drawBytes)

/** An integer from 0 to `limit - 1`, each as likely as the others: a draw past the last whole multiple is drawn again. */
export const drawBelow = (random: Random, limit: number): number => {
  if (!Number.isInteger(limit) || limit < 1 || limit > drawRange) {
    throw new RangeError(`Cannot draw below ${limit}`)
  }
  const fair = drawRange - (drawRange % limit)
  for (;;) {
    const bytes = random.bytes(drawBytes)
    const drawn = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
    if (drawn < fair) return drawn % limit
  }
}
