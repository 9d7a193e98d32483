/** What two runs of one seed must have alike: everything that was delivered, to whom and when. */
export interface Trace {
  add(numbers: readonly number[], message: Uint8Array): void
  digest(): string
}

/** A hash of no secret, and so a quick one: 53 bits by cyrb53. */
export const createTrace = (): Trace => {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  const mix = (value: number): void => {
    high = Math.imul(high ^ value, 2_654_435_761)
    low = Math.imul(low ^ value, 1_597_334_677)
  }
  return {
    add(numbers, message) {
      for (const value of numbers) mix(value)
      for (const byte of message) mix(byte)
    },
    digest() {
      const one =
        Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
      const other =
        Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
      return (2 ** 32 * (other & 0x1fffff) + (one >>> 0)).toString(36)
    },
  }
}
