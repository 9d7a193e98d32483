export const hueCount = 8

/** One of eight hues, the same for a person on every device: FNV-1a over the device's id. */
export const hueOf = (id: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0) % hueCount
}
