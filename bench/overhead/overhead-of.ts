/** Bytes that lie or travel beside the ciphertext, an entry: of a whole page, and of the update that brings one more. */
export interface Overhead {
  page: number
  update: number
}

/** A page with everything in it, and the updates that brought each message, with how long the ciphertext in it is. */
export interface WrittenPage {
  page: Uint8Array
  updates: readonly { update: Uint8Array; ciphertextBytes: number }[]
}

export const overheadOf = ({ page, updates }: WrittenPage): Overhead => {
  const ciphertextBytes = updates.reduce((sum, one) => sum + one.ciphertextBytes, 0)
  const updateBytes = updates.reduce((sum, { update }) => sum + update.length, 0)
  return {
    page: (page.length - ciphertextBytes) / updates.length,
    update: (updateBytes - ciphertextBytes) / updates.length,
  }
}
